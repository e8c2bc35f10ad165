import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { commands } from "vscode";
import { markAsDraft, readDraft } from "../../../src/imaging/draftFile.ts";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import {
  fileNamesIn,
  formatAndSize,
  freshFolder,
  jobFilesOf,
  readLogs,
  uriInWorkspace,
  vaultFolder,
} from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";
import { freshPrompt, send, snapshot } from "../support/panel.ts";
import { enter, enterUntilDone, runUntilInput, typeText } from "../support/quickInput.ts";
import { holdPictures, recordRequests } from "../support/testService.ts";

const [renderDrafts, model] = ["limn.renderDrafts", "klingai:kling-image@3"];
const hint = "Keep the subject in the middle 90 % of the height, with background above and below.";
const forOg = { exportTarget: "og", shape: { width: 2720, height: 1536 } } as const;

const bytesAt = (path: string): Promise<Uint8Array> => readFile(uriInWorkspace(path).fsPath);

/** Makes the draft of a form that is for og:image. */
async function makeDraftForOg(folder: string, prompt: string, fields: { readonly hint?: boolean } = {}): Promise<void> {
  const draft = { prompt, path: `${folder}/hero.png`, format: "PNG", ...forOg, ...fields } as const;
  await send({ type: "keepDraft", draft, changedAt: Date.now() });
  await commands.executeCommand("limn.makeDraftFromPanel");
}

describe("A draft with a target", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await send({ type: "keepDraft", draft: {}, changedAt: Date.now() });
  });

  it("is written with the files of its target, and is rendered with its hint, size and files", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt()];
    const sent = recordRequests();
    await makeDraftForOg(folder, prompt);
    assert.deepEqual(await fileNamesIn(folder), ["hero-og.jpg", "hero.png"]);
    assert.equal(sent.requests().length, 0);
    const ofDraft = await bytesAt(`${folder}/hero-og.jpg`);
    assert.deepEqual([formatAndSize(ofDraft), readDraft(ofDraft)], ["jpg 1200x630", undefined]);
    assert.deepEqual(readDraft(await bytesAt(`${folder}/hero.png`)), {
      ...{ prompt, model, target: "og", hint: "add", format: "PNG", width: 2720, height: 1536 },
    });

    // A test window throws instead of asking whether the file may be replaced.
    await rm(uriInWorkspace(`${folder}/hero-og.jpg`).fsPath);
    await enterUntilDone(await runUntilInput(renderDrafts, uriInWorkspace(folder)));
    const [task, ...others] = sent.tasks();
    assert.deepEqual(
      [task?.positivePrompt, task?.width, task?.height, others.length],
      [`${prompt}\n${hint}`, 2720, 1536, 0],
    );
    assert.deepEqual(await fileNamesIn(folder), ["hero-og.jpg", "hero.png"]);
    const ofPicture = await bytesAt(`${folder}/hero-og.jpg`);
    assert.equal(formatAndSize(ofPicture), "jpg 1200x630");
    assert.notDeepEqual(ofPicture, ofDraft);
    assert.equal(readDraft(await bytesAt(`${folder}/hero.png`)), undefined);
    const [job] = await jobFilesOf(prompt);
    assert.deepEqual([job?.request.exportTarget, job?.request.promptHint], ["og", hint]);
  });

  it("keeps that the user declined the hint, and does not replace the files of the draft without a question", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt()];
    await makeDraftForOg(folder, prompt, { hint: false });
    const ofDraft = await bytesAt(`${folder}/hero-og.jpg`);
    const sent = recordRequests();
    await enterUntilDone(await runUntilInput(renderDrafts, uriInWorkspace(`${folder}/hero.png`)));
    assert.equal(sent.tasks()[0]?.positivePrompt, prompt);
    assert.equal(readDraft(await bytesAt(`${folder}/hero.png`)), undefined);
    assert.deepEqual(await bytesAt(`${folder}/hero-og.jpg`), ofDraft);
  });

  it("is made step by step, with the hint if the user agrees", async () => {
    const folder = freshFolder();
    const { done } = await runUntilInput("limn.makeDraft");
    await typeText("A heron");
    await enter();
    await typeText("og:image");
    await enter();
    // The question whether the hint is added.
    await enter();
    await typeText(`${folder}/heron`);
    await enter();
    await done;
    const names = await fileNamesIn(`images/${folder}`);
    assert.deepEqual(names, ["heron-og.jpg", "heron.jpg"]);
    assert.equal(readDraft(await bytesAt(`images/${folder}/heron.jpg`))?.hint, "add");
  });

  it("is not replaced by a file of its target, since it would be no draft any more", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt()];
    const files = [{ path: "{name}.png", width: 512, height: 512 }];
    await write(".limn/targets.json", Buffer.from(JSON.stringify({ targets: [{ name: "Same", files }] })));
    try {
      const shape = { width: 1024, height: 1024 };
      const draft = { prompt, path: `${folder}/hero.png`, format: "PNG", exportTarget: "project-Same", shape } as const;
      await send({ type: "keepDraft", draft, changedAt: Date.now() });
      await commands.executeCommand("limn.makeDraftFromPanel");
    } finally {
      await rm(uriInWorkspace(".limn/targets.json").fsPath);
    }
    assert.deepEqual(await fileNamesIn(folder), ["hero.png"]);
    assert.equal(readDraft(await bytesAt(`${folder}/hero.png`))?.target, "project-Same");
  });

  it("is rendered alone if its target is not offered any more, without that id, and the log says it", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt()];
    const hostile = markAsDraft(greyPng(1024, 1024, 128), { prompt, model, target: "project-no such", hint: "add" });
    const file = await write(`${folder}/hero.png`, hostile);
    const sent = recordRequests();
    await enterUntilDone(await runUntilInput(renderDrafts, file));
    assert.equal(sent.tasks()[0]?.positivePrompt, prompt);
    assert.equal((await jobFilesOf(prompt))[0]?.request.exportTarget, undefined);
    assert.deepEqual(await fileNamesIn(folder), ["hero.png"]);
    const sentence = `${folder}/hero.png was made for a target that is not offered any more, so no other file was written.`;
    await waitUntil("the log says it", async () => (await readLogs()).includes(sentence));
  });

  it("is written with its files by Check Again too, after the user has stopped waiting", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt()];
    await makeDraftForOg(folder, prompt);
    await rm(uriInWorkspace(`${folder}/hero-og.jpg`).fsPath);
    await commands.executeCommand("notifications.clearAll");
    const release = holdPictures();
    const running = enterUntilDone(await runUntilInput(renderDrafts, uriInWorkspace(folder)));
    const job = await waitUntil("it is sent", async () =>
      (await jobFilesOf(prompt)).find(({ state }) => state === "running"),
    );
    // “Stop Waiting” is the only button of the progress.
    await commands.executeCommand("notification.acceptPrimaryAction");
    await running;
    release();
    // Both presses of a double click wait for the job, and one of them writes the file.
    await Promise.all([0, 1].map(() => send({ type: "checkAgain", job: job.taskUUID })));
    assert.equal((await snapshot()).lastError, undefined);
    assert.equal(readDraft(await bytesAt(`${folder}/hero.png`)), undefined);
    assert.equal(formatAndSize(await bytesAt(`${folder}/hero-og.jpg`)), "jpg 1200x630");

    // The job's files include those that were saved before.
    await rm(uriInWorkspace(`${folder}/hero-og.jpg`).fsPath);
    await rm(join(vaultFolder, (await jobFilesOf(prompt))[0]?.pictures[0]?.file ?? ""));
    await send({ type: "checkAgain", job: job.taskUUID });
    assert.deepEqual(await fileNamesIn(folder), ["hero.png"]);
  });
});
