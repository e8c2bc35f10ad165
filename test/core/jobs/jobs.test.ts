import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Jobs } from "../../../src/core/jobs/jobs.ts";
import { probe } from "../../../src/imaging/probe.ts";
import {
  createEnvironment,
  createJobRequest,
  fileName,
  neverAborted,
  openSandbox,
  readBytes,
  setUp,
} from "../support/setUp.ts";

const onlyJob = (jobs: Jobs) => {
  const [job, ...others] = jobs.journal.list();
  expect(others).toEqual([]);
  return job;
};

describe("Buying", () => {
  test("one picture saves one file of the exact size at the requested location", async () => {
    const { sandbox, environment, jobs, buy } = await setUp();
    const { files, cost, job } = await buy();
    expect(files).toEqual([`${environment.picturesFolder}/lighthouse.jpg`]);
    expect(probe(await readBytes(`${environment.picturesFolder}/lighthouse.jpg`))).toEqual({
      format: "JPG",
      width: 1024,
      height: 1024,
    });
    expect(cost).toBe(0.028);
    expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.028 });
    expect(job).toMatchObject({ state: "done", pictures: [{ width: 1024, height: 1024, cost: 0.028 }] });
    expect(onlyJob(jobs)).toEqual(job);
    expect(await environment.listFolder("vault")).toEqual([job.pictures[0]?.file]);
  });

  test("four pictures saves four files, numbered in the order of the pictures", async () => {
    const { sandbox, environment, buy } = await setUp();
    const { files, cost, job } = await buy({ count: 4 }, { name: "{slug}" });
    expect(files.map(fileName)).toEqual([1, 2, 3, 4].map((n) => `a-lighthouse-at-dusk${n === 1 ? "" : `-${n}`}.jpg`));
    expect(job.pictures.flatMap(({ kept }) => kept)).toEqual(files);
    expect(new Set(job.pictures.map(({ seed }) => seed)).size).toBe(4);
    expect(cost).toBe(0.112);
    expect(sandbox.ledger.billed).toBe(0.112);
    expect(await environment.listFolder("pictures")).toEqual(files.map(fileName).sort());
  });

  test("never overwrites an existing file", async () => {
    const { environment, buy } = await setUp();
    const mine = fileURLToPath(`${environment.picturesFolder}/lighthouse.jpg`);
    await mkdir(dirname(mine));
    await writeFile(mine, "mine");
    expect((await buy()).files.map(fileName)).toEqual(["lighthouse-2.jpg"]);
    expect(Buffer.from(await readBytes(`${environment.picturesFolder}/lighthouse.jpg`)).toString()).toBe("mine");
  });

  const forms = (["sync", "async"] as const).flatMap((deliveryMethod) =>
    (["URL", "base64Data", "dataURI"] as const).map((outputType) => ({ deliveryMethod, outputType })),
  );
  test.each(forms)("works with $deliveryMethod delivery as $outputType", async (form) => {
    const { sandbox, buy } = await setUp();
    const { files, job } = await buy({ ...form, count: 2 });
    expect(files).toHaveLength(2);
    expect(job).toMatchObject({ state: "done", failures: [] });
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test.each([
    ["JPG", "jpg"],
    ["PNG", "png"],
    ["WEBP", "webp"],
  ] as const)("as %s saves a .%s of that format", async (format, extension) => {
    const { buy } = await setUp();
    const { files } = await buy({ format });
    expect(files.map(fileName)).toEqual([`lighthouse.${extension}`]);
    expect(probe(await readBytes(files[0] ?? ""))?.format).toBe(format);
  });

  test("keeps only what the user chooses if they want to choose", async () => {
    const { environment, jobs, buy } = await setUp();
    const { files, job } = await buy({ count: 3 }, { keep: "ask" });
    expect(files).toEqual([]);
    expect(await environment.listFolder("vault")).toHaveLength(3);
    const [, second] = job.pictures;
    const uri = second === undefined ? "" : await jobs.keep(job.taskUUID, second);
    await jobs.markSettled(job.taskUUID);
    expect(await environment.listFolder("pictures")).toEqual([fileName(uri)]);
    expect(onlyJob(jobs)).toMatchObject({ settled: true, pictures: [{ kept: [] }, { kept: [uri] }, { kept: [] }] });
  });

  test("keeps a picture only once", async () => {
    const { environment, jobs, buy } = await setUp();
    const { job, files } = await buy();
    const again = await Promise.all(
      job.pictures.flatMap((picture) => [1, 2].map(() => jobs.keep(job.taskUUID, picture))),
    );
    expect(new Set(again)).toEqual(new Set(files));
    expect(await environment.listFolder("pictures")).toEqual(["lighthouse.jpg"]);
  });

  test("with references sends them in order and stores their sources without their bytes", async () => {
    const { jobs, buy, sandbox } = await setUp();
    const upload = await buy({ outputType: "dataURI" }, { name: "reference" });
    const image = `data:image/jpeg;base64,${Buffer.from(await readBytes(upload.files[0] ?? "")).toString("base64")}`;
    const reference = { label: "reference.jpg", image, source: "file:///reference.jpg" };
    const { job } = await buy({ references: [reference], shape: { resolution: "1k" } });
    expect(job.pictures).toMatchObject([{ width: 1024, height: 1024 }]);
    expect(job.request.references).toEqual([{ label: "reference.jpg", source: "file:///reference.jpg" }]);
    expect(sandbox.ledger.taskCount).toBe(2);
    expect(jobs.journal.list()).toHaveLength(2);
  });

  test("for a target sends its hint after the prompt, and stores both apart", async () => {
    const promptHint = "Keep the subject in the middle.";
    const { faultProxy, environment, jobs, buy } = await setUp();
    const { files, job } = await buy({ exportTarget: "og", promptHint }, { name: "{slug}" });
    const [task] = JSON.parse(faultProxy.requests.find(({ body }) => body.includes("imageInference"))?.body ?? "[]");
    expect(task.positivePrompt).toBe(`A lighthouse at dusk\n${promptHint}`);
    expect(job.request).toMatchObject({ prompt: "A lighthouse at dusk", exportTarget: "og", promptHint });
    expect(files.map(fileName)).toEqual(["a-lighthouse-at-dusk.jpg"]);
    await jobs.journal.forget(job.taskUUID);
    const receipt = await readFile(`${environment.folder}/journal/${job.taskUUID}.json`, "utf8");
    expect(receipt).not.toMatch(/subject|"og"/);
  });

  test("for a target without a prompt buys nothing", async () => {
    const { sandbox, buy } = await setUp();
    await expect(buy({ prompt: " ", promptHint: "Keep the subject in the middle." })).rejects.toThrow(
      "The prompt is empty.",
    );
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("writes neither the key nor an upload URL into the journal or the log", async () => {
    const { sandbox, environment, buy } = await setUp();
    const uploadEndpoint = `${new URL(sandbox.url).origin}/bucket?X-Amz-Signature=secret`;
    const { job } = await buy({ uploadEndpoint, webhookURL: `${uploadEndpoint}&hook` });
    const text = await environment.ports.journal.read(job.taskUUID);
    for (const secret of [sandbox.key, "X-Amz-Signature"]) {
      expect(text).not.toContain(secret);
      expect(environment.logLines.join("\n")).not.toContain(secret);
    }
    expect(environment.logLines.join("\n")).not.toContain("lighthouse at dusk");
  });
});

describe("A partial failure", () => {
  test.each([1, 2, 3])("loses none of the other pictures, reported in form %i", async (form) => {
    for (const deliveryMethod of ["sync", "async"] as const) {
      const { sandbox, buy } = await setUp();
      const { files, cost, job } = await buy({
        prompt: `A hut [sandbox:error=contentModeration fail=2 form=${form}]`,
        count: 4,
        deliveryMethod,
      });
      expect(files).toHaveLength(2);
      expect(cost).toBe(sandbox.ledger.billed);
      expect(job).toMatchObject({
        state: "done",
        failures: [{ code: "contentModeration" }, { code: "contentModeration" }],
      });
    }
  });
});

describe("A refusal", () => {
  test.each([
    ["contentModeration", "moderation"],
    ["insufficientCredits", "credits"],
    ["insufficientPermissions", "permission"],
    ["failedToTransferImage", "reference"],
  ])("with %s ends the job, with nothing bought or saved", async (code, kind) => {
    const { sandbox, environment, jobs, buy } = await setUp();
    await expect(buy({ prompt: `A hut [sandbox:refuse=${code}]` })).rejects.toMatchObject({ kind, code });
    expect(sandbox.ledger.taskCount).toBe(0);
    expect(onlyJob(jobs)).toMatchObject({ state: "failed", failures: [{ code }], pictures: [] });
    expect(await environment.listFolder("pictures")).toEqual([]);
  });

  test("because of an invalid request comes before anything is sent or written", async () => {
    const { sandbox, environment, buy } = await setUp();
    await expect(buy({ count: 21 })).rejects.toMatchObject({ kind: "input", field: "count", billed: "no" });
    expect(sandbox.receivedTaskTypes).toEqual([]);
    expect(await environment.listFolder("journal")).toEqual([]);
  });

  test("because of a wrong key names the key, and buys nothing", async () => {
    const sandbox = await openSandbox();
    const environment = await createEnvironment({ url: sandbox.url, key: "wrong-key" });
    const jobs = await environment.openWindow();
    await expect(jobs.buy(createJobRequest(environment), neverAborted)).rejects.toMatchObject({
      kind: "key",
      billed: "no",
    });
    expect(onlyJob(jobs)).toMatchObject({ state: "failed" });
    expect(environment.logLines.join()).not.toContain("wrong-key");
  });

  test("by the disk to write the job comes before anything is sent", async () => {
    const { sandbox, environment } = await setUp();
    const full = { ...environment.ports.journal, write: () => Promise.reject(new Error("ENOSPC")) };
    const jobs = await environment.openWindow({ ...environment.ports, journal: full });
    await expect(jobs.buy(createJobRequest(environment), neverAborted)).rejects.toThrow("ENOSPC");
    expect(sandbox.receivedTaskTypes).toEqual([]);
  });
});

test("A file has the spelling of its extension that the target names, unless the format is another one", async () => {
  const { buy } = await setUp();
  const nameWith = async (extension: string) => (await buy({ format: "JPG" }, { extension })).files.map(fileName);
  expect(await nameWith("jpeg")).toEqual(["lighthouse.jpeg"]);
  expect(await nameWith("JPG")).toEqual(["lighthouse.JPG"]);
  expect(await nameWith("png")).toEqual(["lighthouse.jpg"]);
  expect(await nameWith("../jpg")).toEqual(["lighthouse-2.jpg"]);
});
