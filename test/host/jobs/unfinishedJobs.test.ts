import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { commands } from "vscode";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, fileNamesIn, formatAndSize, freshFolder, jobsFolder, uriInWorkspace } from "../support/files.ts";
import {
  down,
  enter,
  enterUntilDone,
  isChoosing,
  pressEscape,
  pressUntil,
  runUntilInput,
  toggle,
} from "../support/quickInput.ts";
import { buyFromSandbox, jobFileText, readJob, writeJob } from "../support/storedJobs.ts";
import { faultProxy, recordRequests } from "../support/testService.ts";

/** Opens the list and presses Enter until the command ends: newest job, first action. */
const runFirstAction = async () => enterUntilDone(await runUntilInput("limn.showUnfinishedJobs"));

describe("Show Unfinished Jobs", () => {
  it("shows a message if there are none, and sends nothing", async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.showUnfinishedJobs"), undefined);
    assert.equal(sent.requests().length, 0);
  });

  it("checks a job again, saves the picture once and buys nothing", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buyFromSandbox(taskUUID);
    await writeJob(taskUUID, jobFileText(taskUUID, { endpoint: faultProxy().url, folder: uriInWorkspace(folder) }));
    const sent = recordRequests();
    await runFirstAction();
    assert.deepEqual(await fileNamesIn(folder), ["left.png"]);
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/left.png`))), "png 1024x1024");
    assert.deepEqual([sent.requests("imageInference").length, sent.requests("getResponse").length > 0], [0, true]);
    assert.match(await readJob(taskUUID), /"state":"done"/);
  });

  it("saves a picture once even if the job file does not record the first save", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buyFromSandbox(taskUUID);
    const storedJob = jobFileText(taskUUID, { endpoint: faultProxy().url, folder: uriInWorkspace(folder) });
    for (const _attempt of [1, 2]) {
      // Without a file, the window forgets the job, as if it had been closed. Otherwise it would
      // write its own record again.
      await rm(jobsFolder, { recursive: true, force: true });
      await commands.executeCommand("limn.showUnfinishedJobs");
      await writeJob(taskUUID, storedJob);
      await runFirstAction();
    }
    assert.deepEqual(await fileNamesIn(folder), ["left.png"]);
  });

  it("lets the user choose among pictures that arrived in another session", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buyFromSandbox(taskUUID);
    await writeJob(
      taskUUID,
      jobFileText(taskUUID, { endpoint: faultProxy().url, folder: uriInWorkspace(folder), keep: "ask" }),
    );
    const asking = await runUntilInput("limn.showUnfinishedJobs");
    await pressUntil(enter, isChoosing);
    await down();
    await toggle();
    await enterUntilDone(asking);
    assert.deepEqual(await fileNamesIn(folder), ["left.png"]);
    await waitUntil("the preview is closed", async () => !isChoosing());
  });

  it("lists unreadable job files, and does not change them until the user forgets them", async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    for (const text of ['{"version":1,"taskUUID":', '{"version":2,"estimate":0.056}']) {
      const taskUUID = randomUUID();
      await writeJob(taskUUID, text);
      // With an empty list, the command would show no input.
      await runFirstAction();
      assert.equal(await readJob(taskUUID), text);
      await rm(jobsFolder, { recursive: true });
    }
  });

  it("ends on Escape without a request and leaves the job unchanged", async () => {
    const taskUUID = randomUUID();
    const storedJob = jobFileText(taskUUID, { endpoint: faultProxy().url, folder: uriInWorkspace(freshFolder()) });
    await writeJob(taskUUID, storedJob);
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.showUnfinishedJobs");
    await pressEscape();
    assert.equal(await done, undefined);
    assert.deepEqual([sent.requests().length, await readJob(taskUUID)], [0, storedJob]);
    await rm(jobsFolder, { recursive: true });
  });
});
