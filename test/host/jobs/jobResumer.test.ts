import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Uri, workspace } from "vscode";
import { markAsDraft } from "../../../src/imaging/draftFile.ts";
import { greyPng } from "../../support/greyPng.ts";
import { storedJob } from "../../support/storedJob.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, storageFolder, uriInWorkspace, vaultFolder } from "../support/files.ts";
import { limn } from "../support/limn.ts";
import { writeJob } from "../support/storedJobs.ts";
import { faultProxy } from "../support/testService.ts";

const draft = markAsDraft(greyPng(64, 64, 128), { prompt: "A hut", model: "klingai:kling-image@3" });
const picture = greyPng(64, 64, 1);

/** A window that was closed has left a job whose picture is to replace the draft of a folder. */
async function leaveJob(folder: Uri): Promise<string> {
  const [taskUUID, id] = [randomUUID(), randomUUID()];
  await Promise.all([folder.fsPath, vaultFolder].map((path) => mkdir(path, { recursive: true })));
  await writeFile(join(folder.fsPath, "hut.png"), draft);
  await writeFile(join(vaultFolder, `${id}.png`), picture);
  const pictures = [{ id, kept: [], file: `${id}.png`, width: 64, height: 64, format: "PNG" as const }];
  const target = { folder: folder.toString(), name: "hut", keep: "all", replacesDraft: true } as const;
  const now = Date.now();
  const job = storedJob({ taskUUID, createdAt: now, updatedAt: now, endpoint: faultProxy().url, target, pictures });
  await writeJob(taskUUID, JSON.stringify(job));
  return taskUUID;
}

const isReplaced = async (folder: Uri): Promise<boolean> =>
  (await readFile(join(folder.fsPath, "hut.png"))).equals(picture);

describe("A job that is to replace a draft, left by a closed window", () => {
  it("waits for a window that has the draft's folder open", async () => {
    const { resumeJobs } = await limn();
    const [own, other] = [uriInWorkspace(freshFolder()), Uri.file(await mkdtemp(join(tmpdir(), "limn-other-draft-")))];
    // All jobs are claimed before one of them is followed.
    const otherJob = await leaveJob(other);
    await leaveJob(own);
    resumeJobs();
    await waitUntil("the own draft is replaced", () => isReplaced(own));
    const markers = async () =>
      (await readdir(join(storageFolder, "open"))).filter((name) => name.startsWith(otherJob));
    assert.deepEqual([await markers(), await isReplaced(other)], [[], false]);

    const count = workspace.workspaceFolders?.length ?? 0;
    await changeFolders(count, 0, other);
    resumeJobs();
    await waitUntil("the other draft is replaced", () => isReplaced(other));
    await changeFolders(count, 1);
    await rm(other.fsPath, { recursive: true });
  });
});
