import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Jobs } from "../../../src/core/jobs/jobs.ts";
import { probe } from "../../../src/imaging/probe.ts";
import { bytesAt, nameOf, never, openHouse, openSandbox, openWorld, order } from "../support/setUp.ts";

const onlyJob = (jobs: Jobs) => {
  const [job, ...others] = jobs.journal.list();
  expect(others).toEqual([]);
  return job;
};

describe("Buying", () => {
  test("one picture saves one file of the very size, at the place that was asked for", async () => {
    const { sandbox, world, jobs, buy } = await openHouse();
    const { files, cost, job } = await buy();
    expect(files).toEqual([`${world.pictures}/lighthouse.jpg`]);
    expect(probe(await bytesAt(`${world.pictures}/lighthouse.jpg`))).toEqual({
      format: "JPG",
      width: 1024,
      height: 1024,
    });
    expect(cost).toBe(0.028);
    expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.028 });
    expect(job).toMatchObject({ state: "done", pictures: [{ width: 1024, height: 1024, cost: 0.028 }] });
    expect(onlyJob(jobs)).toEqual(job);
    expect(await world.names("vault")).toEqual([job.pictures[0]?.file]);
  });

  test("four pictures saves four files, named in the order of the pictures", async () => {
    const { sandbox, world, buy } = await openHouse();
    const { files, cost, job } = await buy({ count: 4 }, { name: "{slug}" });
    expect(files.map(nameOf)).toEqual([1, 2, 3, 4].map((n) => `a-lighthouse-at-dusk${n === 1 ? "" : `-${n}`}.jpg`));
    expect(job.pictures.flatMap(({ kept }) => kept)).toEqual(files);
    expect(new Set(job.pictures.map(({ seed }) => seed)).size).toBe(4);
    expect(cost).toBe(0.112);
    expect(sandbox.ledger.billed).toBe(0.112);
    expect(await world.names("pictures")).toEqual(files.map(nameOf).sort());
  });

  test("never writes over a file that is there", async () => {
    const { world, buy } = await openHouse();
    const mine = fileURLToPath(`${world.pictures}/lighthouse.jpg`);
    await mkdir(dirname(mine));
    await writeFile(mine, "mine");
    expect((await buy()).files.map(nameOf)).toEqual(["lighthouse-2.jpg"]);
    expect(Buffer.from(await bytesAt(`${world.pictures}/lighthouse.jpg`)).toString()).toBe("mine");
  });

  const forms = (["sync", "async"] as const).flatMap((deliveryMethod) =>
    (["URL", "base64Data", "dataURI"] as const).map((outputType) => ({ deliveryMethod, outputType })),
  );
  test.each(forms)("works with $deliveryMethod delivery as $outputType", async (form) => {
    const { sandbox, buy } = await openHouse();
    const { files, job } = await buy({ ...form, count: 2 });
    expect(files).toHaveLength(2);
    expect(job).toMatchObject({ state: "done", failures: [] });
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test.each([
    ["JPG", "jpg"],
    ["PNG", "png"],
    ["WEBP", "webp"],
  ] as const)("as %s saves a .%s, which it is", async (format, extension) => {
    const { buy } = await openHouse();
    const { files } = await buy({ format });
    expect(files.map(nameOf)).toEqual([`lighthouse.${extension}`]);
    expect(probe(await bytesAt(files[0] ?? ""))?.format).toBe(format);
  });

  test("leaves the choice to the person where they want to choose, and keeps only what they choose", async () => {
    const { world, jobs, buy } = await openHouse();
    const { files, job } = await buy({ count: 3 }, { keep: "ask" });
    expect(files).toEqual([]);
    expect(await world.names("vault")).toHaveLength(3);
    const [, second] = job.pictures;
    const uri = second === undefined ? "" : await jobs.keep(job.taskUUID, second);
    await jobs.markSettled(job.taskUUID);
    expect(await world.names("pictures")).toEqual([nameOf(uri)]);
    expect(onlyJob(jobs)).toMatchObject({ settled: true, pictures: [{ kept: [] }, { kept: [uri] }, { kept: [] }] });
  });

  test("keeps a picture once, however often it is kept", async () => {
    const { world, jobs, buy } = await openHouse();
    const { job, files } = await buy();
    const again = await Promise.all(
      job.pictures.flatMap((picture) => [1, 2].map(() => jobs.keep(job.taskUUID, picture))),
    );
    expect(new Set(again)).toEqual(new Set(files));
    expect(await world.names("pictures")).toEqual(["lighthouse.jpg"]);
  });

  test("with references sends them in order and notes where they came from, without their bytes", async () => {
    const { jobs, buy, sandbox } = await openHouse();
    const upload = await buy({ outputType: "dataURI" }, { name: "reference" });
    const image = `data:image/jpeg;base64,${Buffer.from(await bytesAt(upload.files[0] ?? "")).toString("base64")}`;
    const reference = { label: "reference.jpg", image, source: "file:///reference.jpg" };
    const { job } = await buy({ references: [reference], shape: { resolution: "1k" } });
    expect(job.pictures).toMatchObject([{ width: 1024, height: 1024 }]);
    expect(job.request.references).toEqual([{ label: "reference.jpg", source: "file:///reference.jpg" }]);
    expect(sandbox.ledger.taskCount).toBe(2);
    expect(jobs.journal.list()).toHaveLength(2);
  });

  test("writes neither the key nor an address for uploads into the journal or the log", async () => {
    const { sandbox, world, buy } = await openHouse();
    const uploadEndpoint = `${new URL(sandbox.url).origin}/bucket?X-Amz-Signature=secret`;
    const { job } = await buy({ uploadEndpoint, webhookURL: `${uploadEndpoint}&hook` });
    const text = await world.ports.journal.read(job.taskUUID);
    for (const secret of [sandbox.key, "X-Amz-Signature"]) {
      expect(text).not.toContain(secret);
      expect(world.lines.join("\n")).not.toContain(secret);
    }
    expect(world.lines.join("\n")).not.toContain("lighthouse at dusk");
  });
});

describe("A part that fails", () => {
  test.each([1, 2, 3])("costs none of the others, told in form %i", async (form) => {
    for (const deliveryMethod of ["sync", "async"] as const) {
      const { sandbox, buy } = await openHouse();
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
  ])("with %s ends the job, with nothing bought and nothing saved", async (code, kind) => {
    const { sandbox, world, jobs, buy } = await openHouse();
    await expect(buy({ prompt: `A hut [sandbox:refuse=${code}]` })).rejects.toMatchObject({ kind, code });
    expect(sandbox.ledger.taskCount).toBe(0);
    expect(onlyJob(jobs)).toMatchObject({ state: "failed", failures: [{ code }], pictures: [] });
    expect(await world.names("pictures")).toEqual([]);
  });

  test("of a request that breaks a rule comes before anything is sent or written", async () => {
    const { sandbox, world, buy } = await openHouse();
    await expect(buy({ count: 21 })).rejects.toMatchObject({ kind: "input", field: "count", billed: "no" });
    expect(sandbox.receivedTaskTypes).toEqual([]);
    expect(await world.names("journal")).toEqual([]);
  });

  test("of a wrong key says so, with nothing bought", async () => {
    const sandbox = await openSandbox();
    const world = await openWorld({ url: sandbox.url, key: "wrong-key" });
    const jobs = await world.open();
    await expect(jobs.buy(order(world), never)).rejects.toMatchObject({ kind: "key", billed: "no" });
    expect(onlyJob(jobs)).toMatchObject({ state: "failed" });
    expect(world.lines.join()).not.toContain("wrong-key");
  });

  test("of the disk to write the job down comes before anything is sent", async () => {
    const { sandbox, world } = await openHouse();
    const full = { ...world.ports.journal, write: () => Promise.reject(new Error("ENOSPC")) };
    const jobs = await world.open({ ...world.ports, journal: full });
    await expect(jobs.buy(order(world), never)).rejects.toThrow("ENOSPC");
    expect(sandbox.receivedTaskTypes).toEqual([]);
  });
});
