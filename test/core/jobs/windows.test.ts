import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { isUnfinished, type Job } from "../../../src/core/jobs/job.ts";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import type { GroupPurchasesOptions } from "../../support/groupPurchases.ts";
import { picturesUri, storageFolders } from "../../support/nodePorts.ts";
import { bundleProgram, runLimnProcess } from "../../support/processRuns.ts";
import type { Marking, SecondWindowOptions, SecondWindowReport } from "../../support/secondWindow.ts";
import { storedJob } from "../../support/storedJob.ts";
import { startUniquePictureSandbox } from "../../support/uniquePictureSandbox.ts";
import { digestOf } from "../../support/uniquePictures.ts";
import { createRequest } from "../support/setUp.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "limn-windows-"));
  const own = folder;
  onTestFinished(() => rm(own, { recursive: true, force: true }));
});

/** A job whose task was accepted. */
function jobOf(count: number, more: Partial<Job> = {}): Job {
  const { references: _, ...asked } = createRequest({ count, prompt: "A fox in the snow" });
  return storedJob({
    taskUUID: randomUUID(),
    state: "running",
    createdAt: Date.now(),
    updatedAt: Date.now(),
    request: { ...asked, references: [] },
    target: { folder: picturesUri(folder), name: "fox", keep: "all" },
    estimate: 0.028 * count,
    ...more,
  });
}

async function writeJob(job: Job): Promise<void> {
  await mkdir(storageFolders(folder).journal, { recursive: true });
  await writeFile(join(storageFolders(folder).journal, `${job.taskUUID}.json`), JSON.stringify(job));
}

async function jobs(): Promise<Job[]> {
  const texts = (await readdir(storageFolders(folder).journal)).map((name) =>
    readFile(join(storageFolders(folder).journal, name), "utf8"),
  );
  return (await Promise.all(texts)).map((text) => parseJob(text)).filter((job) => job !== undefined);
}

describe("Two windows in separate processes", () => {
  test("that resume the same jobs at the same time buy and save everything once", async () => {
    const { sandbox, servedDigests, close } = await startUniquePictureSandbox({ delay: 50 });
    onTestFinished(close);
    const bought = [1, 2, 3, 4].map((count) => jobOf(count));
    for (const { taskUUID, request: asked } of bought) {
      await writeJob(bought.find((job) => job.taskUUID === taskUUID) ?? jobOf(1));
      const task = {
        taskType: "imageInference",
        taskUUID,
        model: "klingai:kling-image@3",
        positivePrompt: asked.prompt,
        width: 1024,
        height: 1024,
        numberResults: asked.count,
        deliveryMethod: "async",
        includeCost: true,
      };
      const headers = { authorization: `Bearer ${sandbox.key}`, "content-type": "application/json" };
      await fetch(sandbox.url, { method: "POST", headers, body: JSON.stringify([task]) });
    }
    const program = await bundleProgram("processRun", folder);
    const runOptions = { folder, url: sandbox.url, key: sandbox.key, speedFactor: 100 };
    await Promise.all([runLimnProcess(program, runOptions), runLimnProcess(program, runOptions)]);
    const names = await readdir(storageFolders(folder).pictures);
    const saved = await Promise.all(
      names.map((name) => readFile(join(storageFolders(folder).pictures, name)).then(digestOf)),
    );
    expect(new Set(saved)).toEqual(servedDigests);
    expect(saved).toHaveLength(10);
    expect(await readdir(storageFolders(folder).vault)).toHaveLength(10);
    expect(sandbox.ledger.taskCount).toBe(bought.length);
    expect((await jobs()).filter(isUnfinished)).toEqual([]);
  }, 180_000);

  test("that buy the same files at the same moment buy each of them once", async () => {
    const { sandbox, close } = await startUniquePictureSandbox({ delay: 20 });
    onTestFinished(close);
    const program = await bundleProgram("groupPurchases", folder);
    const rounds = Array.from({ length: 12 }, (_, round) => [1, 2, 3].map((number) => `hut-${round}-${number}`));
    const request = createRequest({ count: 1, prompt: "A hut" });
    const windows = [rounds, rounds.map((names) => names.toReversed())].map((ofWindow) => {
      const options: GroupPurchasesOptions = { folder, url: sandbox.url, key: sandbox.key, request, rounds: ofWindow };
      const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ["pipe", "pipe", "inherit"] });
      onTestFinished(() => void child.kill("SIGKILL"));
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return { child, next: async (): Promise<string> => (await lines.next()).value ?? "" };
    });
    expect(await Promise.all(windows.map(({ next }) => next()))).toEqual(["ready", "ready"]);
    for (const names of rounds) {
      for (const { child } of windows) child.stdin.write("\n");
      const bought = await Promise.all(windows.map(async ({ next }): Promise<string[]> => JSON.parse(await next())));
      expect(bought.flat().toSorted()).toEqual(names);
    }
    await Promise.all(
      windows.map(async ({ child }) => {
        child.stdin.end();
        if (child.exitCode === null) await once(child, "exit");
      }),
    );
    expect(sandbox.ledger.taskCount).toBe(36);
    expect((await readdir(storageFolders(folder).pictures)).length).toBe(36);
  }, 120_000);

  /** Starts a second window's process; `reload` makes it read the journal again. */
  function startSecondWindow(program: string, options: SecondWindowOptions) {
    const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ["pipe", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => (await lines.next()).value ?? "";
    return {
      report: async (): Promise<SecondWindowReport> => JSON.parse(await next()),
      async reload() {
        child.stdin.write("\n");
        expect(await next()).toBe("looked");
      },
    };
  }

  const seed = process.env.LIMN_SEED ?? String(Date.now());

  test(`that mark, keep and settle concurrently lose no change (seed ${seed})`, async () => {
    const pictures = Array.from({ length: 5 }, () => randomUUID()).map((id) => ({
      id,
      kept: [],
      file: `${id}.jpg`,
      width: 1024,
      height: 1024,
      format: "JPG" as const,
    }));
    const job = jobOf(pictures.length, { state: "done", pictures, target: { ...jobOf(1).target, keep: "ask" } });
    await writeJob(job);
    await mkdir(storageFolders(folder).vault);
    for (const { file, id } of pictures) {
      await writeFile(join(storageFolders(folder).vault, file), id);
    }
    const program = await bundleProgram("secondWindow", folder);
    const windows = [1, 2].map((number) =>
      startSecondWindow(program, { folder, id: job.taskUUID, seed: `${seed}-${number}`, rounds: 80 }),
    );
    const reports = await Promise.all(windows.map((window) => window.report()));
    for (const window of windows) {
      await window.reload();
    }
    const [end] = await jobs();
    const latest = new Map<string, Marking>();
    const ambiguous = new Set<string>();
    for (const marking of reports.flatMap(({ markings }) => markings).sort((one, other) => one.at - other.at)) {
      const about = `${marking.picture} ${marking.mark}`;
      const before = latest.get(about);
      // Of two changes in one millisecond, either may win.
      if (before?.at === marking.at && before.value !== marking.value) {
        ambiguous.add(about);
      } else if (before?.at !== marking.at) {
        ambiguous.delete(about);
      }
      latest.set(about, marking);
    }
    const expected = [...latest].filter(([about]) => !ambiguous.has(about)).map(([, marking]) => marking);
    const found = expected.map((marking) => ({
      ...marking,
      value: end?.pictures.find(({ id }) => id === marking.picture)?.[marking.mark],
    }));
    expect(found).toEqual(expected);
    const kept = new Set(reports.flatMap((report) => report.kept));
    expect(end?.pictures.filter(({ kept: files }) => files.length === 1).map(({ id }) => id)).toEqual(
      pictures.map(({ id }) => id).filter((id) => kept.has(id)),
    );
    expect(await readdir(storageFolders(folder).pictures)).toHaveLength(kept.size);
    expect(end?.settled ?? false).toBe(reports.some(({ settled }) => settled));
    expect(expected.length).toBeGreaterThan(5);
  }, 180_000);
});
