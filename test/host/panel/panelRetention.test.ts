import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { access, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, jobFilesOf, jobsFolder, uriInWorkspace, vaultFolder } from "../support/files.ts";
import { firstPicture, freshPrompt, generateAndWait, send, snapshot } from "../support/panel.ts";
import { jobFileText, writeJob } from "../support/storedJobs.ts";
import { setSetting } from "../support/testService.ts";

const dayMilliseconds = 86_400_000;
const tenDaysAgo = Date.now() - 10 * dayMilliseconds;

/** What a closed window did with a picture, and when. Earlier versions stored no dates. */
interface OldPicture {
  readonly kept?: true;
  readonly keptAt?: number;
  /** Returns the current bytes of the kept file. */
  readonly fileNow?: (bytes: Buffer) => Uint8Array;
  readonly starred?: true;
  readonly discarded?: true;
  readonly markedAt?: { readonly discarded: number };
}

let shade = 0;

/** Writes a job of ten days ago with one picture; returns its id and the picture's vault path. */
async function writeOldJob({
  kept,
  fileNow,
  ...picture
}: OldPicture): Promise<{ readonly id: string; readonly path: string }> {
  const [id, name, folder] = [randomUUID(), `${randomUUID()}.png`, freshFolder()];
  const [bytes, path, file] = [greyPng(40, 30, ++shade), join(vaultFolder, name), uriInWorkspace(`${folder}/fox.png`)];
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  await mkdir(vaultFolder, { recursive: true });
  await writeFile(path, bytes);
  await writeFile(file.fsPath, fileNow === undefined ? bytes : fileNow(bytes));
  const job: object = JSON.parse(
    jobFileText(id, { endpoint: "sandbox", folder: uriInWorkspace(folder), state: "done", keep: "ask" }),
  );
  const facts = { file: name, width: 40, height: 30, format: "PNG" };
  const pictures = [{ imageUUID: randomUUID(), ...facts, ...picture, kept: kept === true ? [file.toString()] : [] }];
  await writeJob(id, JSON.stringify({ ...job, createdAt: tenDaysAgo, settled: true, pictures }));
  await send({ type: "ready" });
  await waitUntil("the job is loaded", async () => (await snapshot()).jobs.some((one) => one.id === id));
  return { id, path };
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const exist = (oldJobs: readonly { readonly path: string }[]): Promise<boolean[]> =>
  Promise.all(oldJobs.map(({ path }) => exists(path)));

/** Reopens the panel with a retention of a week. */
async function reopenWithRetention(): Promise<void> {
  await setSetting("vault.keepDays", 7);
  await send({ type: "ready" });
}

describe("the retention of the vault", () => {
  it("deletes nothing by default", async () => {
    const oldJob = await writeOldJob({ kept: true, keptAt: tenDaysAgo });
    await send({ type: "ready" });
    assert.deepEqual(await exist([oldJob]), [true]);
  });

  it("deletes pictures discarded or kept long ago, but no starred or undecided ones", async () => {
    const discarded = { discarded: true, markedAt: { discarded: tenDaysAgo } } as const;
    const old = [await writeOldJob({ kept: true, keptAt: tenDaysAgo }), await writeOldJob(discarded)];
    const safe = [await writeOldJob({ kept: true, keptAt: tenDaysAgo, starred: true }), await writeOldJob({})];
    await reopenWithRetention();
    assert.deepEqual(
      [await exist(old), await exist(safe)],
      [
        [false, false],
        [true, true],
      ],
    );
  });

  it("shows no error if an old picture cannot be deleted", async () => {
    const { path } = await writeOldJob({ discarded: true, markedAt: { discarded: tenDaysAgo } });
    await rm(path);
    // A folder cannot be deleted as a file.
    await mkdir(path);
    await reopenWithRetention();
    assert.deepEqual([(await snapshot()).lastError, await exists(path)], [undefined, true]);
    await rm(path, { recursive: true });
  });

  it("does not delete a picture whose kept file was emptied or overwritten, even with as many bytes", async () => {
    const kept = { kept: true, keptAt: tenDaysAgo } as const;
    const oldJobs = [
      await writeOldJob({ ...kept, fileNow: () => new Uint8Array() }),
      await writeOldJob({ ...kept, fileNow: (bytes) => Buffer.alloc(bytes.length) }),
      await writeOldJob({ ...kept, fileNow: () => Buffer.from("another") }),
    ];
    await reopenWithRetention();
    assert.deepEqual(await exist(oldJobs), [true, true, true]);
  });

  it("counts from the discard or keep, not from the start of the job", async () => {
    const now = Date.now();
    const oldJobs = [
      await writeOldJob({ kept: true, keptAt: now }),
      await writeOldJob({ discarded: true, markedAt: { discarded: now } }),
      // Kept long ago, and discarded just now.
      await writeOldJob({ kept: true, keptAt: tenDaysAgo, discarded: true, markedAt: { discarded: now } }),
    ];
    await reopenWithRetention();
    assert.deepEqual(await exist(oldJobs), [true, true, true]);
  });

  it("counts from now if an earlier version did not store the date", async () => {
    const startedAt = Date.now();
    const oldJobs = [await writeOldJob({ kept: true }), await writeOldJob({ discarded: true })];
    await reopenWithRetention();
    assert.deepEqual(await exist(oldJobs), [true, true]);
    const dates = await Promise.all(
      oldJobs.map(async ({ id }) => {
        const job: { pictures: readonly OldPicture[] } = JSON.parse(
          await readFile(join(jobsFolder, `${id}.json`), "utf8"),
        );
        return job.pictures[0]?.keptAt ?? job.pictures[0]?.markedAt?.discarded ?? 0;
      }),
    );
    assert.ok(dates.every((date) => date >= startedAt));
  });

  it("does not delete a picture discarded in this window while undo is possible, at any clock time", async () => {
    const prompt = freshPrompt();
    const { ref } = firstPicture(await generateAndWait(prompt));
    await send({ type: "discard", ...ref });
    const [job] = await jobFilesOf(prompt);
    const path = join(jobsFolder, `${job?.taskUUID}.json`);
    const now = Date.now;
    try {
      Date.now = () => now() + 30 * dayMilliseconds;
      await reopenWithRetention();
    } finally {
      Date.now = now;
    }
    assert.equal(await exists(join(vaultFolder, job?.pictures[0]?.file ?? "?")), true);
    assert.ok((await readFile(path, "utf8")).includes('"discarded":true'));
    await send({ type: "undoDiscard" });
    assert.equal((await snapshot()).jobs.find(({ id }) => id === job?.taskUUID)?.pictures.length, 1);
  });
});
