import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { isUnfinished, type Job, parseJob } from "../../../src/core/jobs/job.ts";
import { picturesUri, storageFolders } from "../../support/nodePorts.ts";
import { bundleProgram, runLimnProcess } from "../../support/processRuns.ts";
import type { Marking, SecondWindowOptions, SecondWindowReport } from "../../support/secondWindow.ts";
import { digestOf, startUniquePictureSandbox } from "../../support/uniquePictureSandbox.ts";
import { request } from "../support/setUp.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "limn-windows-"));
  const own = folder;
  onTestFinished(() => rm(own, { recursive: true, force: true }));
});

/** A job as it stands when a task has been accepted. */
function jobOf(count: number, more: Partial<Job> = {}): Job {
  const { references: _, ...asked } = request({ count, prompt: "A fox in the snow" });
  return {
    ...{ version: 1, taskUUID: randomUUID(), state: "running", createdAt: Date.now(), updatedAt: Date.now() },
    ...{ endpoint: "sandbox", model: "klingai:kling-image@3", request: { ...asked, references: [] } },
    target: { folder: picturesUri(folder), name: "fox", keep: "all" },
    ...{ estimate: 0.028 * count, pictures: [], failures: [], ...more },
  };
}

async function writeDown(job: Job): Promise<void> {
  await mkdir(storageFolders(folder).journal, { recursive: true });
  await writeFile(join(storageFolders(folder).journal, `${job.taskUUID}.json`), JSON.stringify(job));
}

async function jobs(): Promise<Job[]> {
  const texts = (await readdir(storageFolders(folder).journal)).map((name) =>
    readFile(join(storageFolders(folder).journal, name), "utf8"),
  );
  return (await Promise.all(texts)).map((text) => parseJob(text)).filter((job) => job !== undefined);
}

describe("Two windows, each a process of its own,", () => {
  test("that bring the same jobs home at the same time buy and save everything once", async () => {
    const { sandbox, servedDigests: dealt, close } = await startUniquePictureSandbox({ delay: 50 });
    onTestFinished(close);
    const bought = [1, 2, 3, 4].map((count) => jobOf(count));
    for (const { taskUUID, request: asked } of bought) {
      await writeDown(bought.find((job) => job.taskUUID === taskUUID) ?? jobOf(1));
      const task = {
        ...{ taskType: "imageInference", taskUUID, model: "klingai:kling-image@3", positivePrompt: asked.prompt },
        ...{ width: 1024, height: 1024, numberResults: asked.count, deliveryMethod: "async", includeCost: true },
      };
      const headers = { authorization: `Bearer ${sandbox.key}`, "content-type": "application/json" };
      await fetch(sandbox.url, { method: "POST", headers, body: JSON.stringify([task]) });
    }
    const program = await bundleProgram("processRun", folder);
    const fate = { folder, url: sandbox.url, key: sandbox.key, speedFactor: 100 };
    await Promise.all([runLimnProcess(program, fate), runLimnProcess(program, fate)]);
    const names = await readdir(storageFolders(folder).pictures);
    const saved = await Promise.all(
      names.map((name) => readFile(join(storageFolders(folder).pictures, name)).then(digestOf)),
    );
    expect(new Set(saved)).toEqual(dealt);
    expect(saved).toHaveLength(10);
    expect(await readdir(storageFolders(folder).vault)).toHaveLength(10);
    expect(sandbox.ledger.taskCount).toBe(bought.length);
    expect((await jobs()).filter(isUnfinished)).toEqual([]);
  }, 60_000);

  /** Lets a rival loose; `look` has it look into the journal again. */
  function startRival(program: string, rivalry: SecondWindowOptions) {
    const child = spawn(process.execPath, [program, JSON.stringify(rivalry)], { stdio: ["pipe", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => (await lines.next()).value ?? "";
    return {
      deeds: async (): Promise<SecondWindowReport> => JSON.parse(await next()),
      async look() {
        child.stdin.write("\n");
        expect(await next()).toBe("looked");
      },
    };
  }

  const seed = process.env.LIMN_SEED ?? String(Date.now());

  test(`that mark, keep and settle as fast as they can lose nothing of it (seed ${seed})`, async () => {
    const pictures = Array.from({ length: 5 }, () => randomUUID()).map((id) => ({
      ...{ id, kept: [], file: `${id}.jpg`, width: 1024, height: 1024 },
      format: "JPG" as const,
    }));
    const job = jobOf(pictures.length, { state: "done", pictures, target: { ...jobOf(1).target, keep: "ask" } });
    await writeDown(job);
    await mkdir(storageFolders(folder).vault);
    for (const { file, id } of pictures) {
      await writeFile(join(storageFolders(folder).vault, file), id);
    }
    const program = await bundleProgram("secondWindow", folder);
    const rivals = [1, 2].map((number) =>
      startRival(program, { folder, id: job.taskUUID, seed: `${seed}-${number}`, rounds: 80 }),
    );
    const deeds = await Promise.all(rivals.map((rival) => rival.deeds()));
    for (const rival of rivals) {
      await rival.look();
    }
    const [end] = await jobs();
    const latest = new Map<string, Marking>();
    const alike = new Set<string>();
    for (const marking of deeds.flatMap(({ markings }) => markings).sort((one, other) => one.at - other.at)) {
      const about = `${marking.picture} ${marking.mark}`;
      const before = latest.get(about);
      // In one millisecond there is no later one, and either may stand.
      if (before?.at === marking.at && before.value !== marking.value) {
        alike.add(about);
      } else if (before?.at !== marking.at) {
        alike.delete(about);
      }
      latest.set(about, marking);
    }
    const sure = [...latest].filter(([about]) => !alike.has(about)).map(([, marking]) => marking);
    const found = sure.map((marking) => ({
      ...marking,
      value: end?.pictures.find(({ id }) => id === marking.picture)?.[marking.mark],
    }));
    expect(found).toEqual(sure);
    const kept = new Set(deeds.flatMap((deed) => deed.kept));
    expect(end?.pictures.filter(({ kept: files }) => files.length === 1).map(({ id }) => id)).toEqual(
      pictures.map(({ id }) => id).filter((id) => kept.has(id)),
    );
    expect(await readdir(storageFolders(folder).pictures)).toHaveLength(kept.size);
    expect(end?.settled ?? false).toBe(deeds.some(({ settled }) => settled));
    expect(sure.length).toBeGreaterThan(5);
  }, 60_000);
});
