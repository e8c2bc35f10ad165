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

/**
 * Opens the list and presses Enter, on the newest job and on what comes first for it, until the
 * command is over.
 */
const runFirstAction = async () => enterUntilDone(await runUntilInput("limn.showUnfinishedJobs"));

describe("Show Unfinished Jobs", () => {
  it("says so where there are none, and asks nothing", async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.showUnfinishedJobs"), undefined);
    assert.equal(sent.requests().length, 0);
  });

  it("checks a job again: the picture is saved once and nothing is bought", async () => {
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

  it("saves a picture once even where the job file forgot that it was saved", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buyFromSandbox(taskUUID);
    const left = jobFileText(taskUUID, { endpoint: faultProxy().url, folder: uriInWorkspace(folder) });
    for (const _life of [1, 2]) {
      // A window that remembers would write it down again; one that finds no file forgets, as if it
      // had been closed.
      await rm(jobsFolder, { recursive: true, force: true });
      await commands.executeCommand("limn.showUnfinishedJobs");
      await writeJob(taskUUID, left);
      await runFirstAction();
    }
    assert.deepEqual(await fileNamesIn(folder), ["left.png"]);
  });

  it("lets a person choose among pictures that came while nobody was there", async () => {
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

  it("lists job files that cannot be read, and leaves them as they are until the user forgets them", async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    for (const text of ['{"version":1,"taskUUID":', '{"version":2,"estimate":0.056}']) {
      const taskUUID = randomUUID();
      await writeJob(taskUUID, text);
      // With nothing listed, the command would end without asking.
      await runFirstAction();
      assert.equal(await readJob(taskUUID), text);
      await rm(jobsFolder, { recursive: true });
    }
  });

  it("is left in silence with Escape: nothing is asked and the job stays", async () => {
    const taskUUID = randomUUID();
    const left = jobFileText(taskUUID, { endpoint: faultProxy().url, folder: uriInWorkspace(freshFolder()) });
    await writeJob(taskUUID, left);
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.showUnfinishedJobs");
    await pressEscape();
    assert.equal(await done, undefined);
    assert.deepEqual([sent.requests().length, await readJob(taskUUID)], [0, left]);
    await rm(jobsFolder, { recursive: true });
  });
});
