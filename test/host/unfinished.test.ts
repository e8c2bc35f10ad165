import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { commands } from "vscode";
import { until } from "./commands.ts";
import { at, bytesOf, facts, freshFolder, jobsFolder, namesIn } from "./files.ts";
import { buy, jobFile, readJob, writeJob } from "./leftovers.ts";
import { ask, down, enter, enterUntilDone, isChoosing, leave, pressUntil, toggle } from "./quickInput.ts";
import { record, service } from "./service.ts";

/** Opens the list and presses Enter, on the newest job and on what comes first for it, until the command is over. */
const takeFirst = async () => enterUntilDone(await ask("limn.showUnfinishedJobs"));

describe("Show Unfinished Jobs", () => {
  it("says so where there are none, and asks nothing", async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    const sent = record();
    assert.equal(await commands.executeCommand("limn.showUnfinishedJobs"), undefined);
    assert.equal(sent.requests().length, 0);
  });

  it("checks a job again: the picture is saved once and nothing is bought", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buy(taskUUID);
    await writeJob(taskUUID, jobFile(taskUUID, { endpoint: service().url, folder: at(folder) }));
    const sent = record();
    await takeFirst();
    assert.deepEqual(await namesIn(folder), ["left.png"]);
    assert.equal(facts(await bytesOf(at(`${folder}/left.png`))), "png 1024x1024");
    assert.deepEqual([sent.requests("imageInference").length, sent.requests("getResponse").length > 0], [0, true]);
    assert.match(await readJob(taskUUID), /"state":"done"/);
  });

  it("saves a picture once even where the job file forgot that it was saved", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buy(taskUUID);
    const left = jobFile(taskUUID, { endpoint: service().url, folder: at(folder) });
    for (const _life of [1, 2]) {
      // A window that remembers would write it down again; one that finds no file forgets, as if it had been closed.
      await rm(jobsFolder, { recursive: true, force: true });
      await commands.executeCommand("limn.showUnfinishedJobs");
      await writeJob(taskUUID, left);
      await takeFirst();
    }
    assert.deepEqual(await namesIn(folder), ["left.png"]);
  });

  it("lets a person choose among pictures that came while nobody was there", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buy(taskUUID);
    await writeJob(taskUUID, jobFile(taskUUID, { endpoint: service().url, folder: at(folder), keep: "ask" }));
    const asking = await ask("limn.showUnfinishedJobs");
    await pressUntil(enter, isChoosing);
    await down();
    await toggle();
    await enterUntilDone(asking);
    assert.deepEqual(await namesIn(folder), ["left.png"]);
    await until("the preview is closed", async () => !isChoosing());
  });

  it("lists job files that cannot be read, and leaves them as they are until the user forgets them", async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    for (const text of ['{"version":1,"taskUUID":', '{"version":2,"estimate":0.056}']) {
      const taskUUID = randomUUID();
      await writeJob(taskUUID, text);
      // With nothing listed, the command would end without asking.
      await takeFirst();
      assert.equal(await readJob(taskUUID), text);
      await rm(jobsFolder, { recursive: true });
    }
  });

  it("is left in silence with Escape: nothing is asked and the job stays", async () => {
    const taskUUID = randomUUID();
    const left = jobFile(taskUUID, { endpoint: service().url, folder: at(freshFolder()) });
    await writeJob(taskUUID, left);
    const sent = record();
    const { done } = await ask("limn.showUnfinishedJobs");
    await leave();
    assert.equal(await done, undefined);
    assert.deepEqual([sent.requests().length, await readJob(taskUUID)], [0, left]);
    await rm(jobsFolder, { recursive: true });
  });
});
