import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { commands, env, Position, Selection, window, workspace } from "vscode";
import { sendImage } from "../../../src/host/panel/pictures/sendImage.ts";
import type { Intent, PictureBytesMessage } from "../../../src/protocol.ts";
import { waitUntil } from "../support/commands.ts";
import {
  bytesOf,
  fileNamesIn,
  formatAndSize,
  freshFolder,
  jobFilesOf,
  storageFolder,
  uriInWorkspace,
  vaultFolder,
} from "../support/files.ts";
import {
  clearReferences,
  draftOf,
  findJobView,
  firstPicture,
  freshPrompt,
  generateAndWait,
  lightTable,
  send,
  snapshot,
} from "../support/panel.ts";
import { enter, lightTableTabs, pressEscape, typeText, waitForInput } from "../support/quickInput.ts";

/** Replaces the text of the open input. */
async function typeAll(text: string): Promise<void> {
  await commands.executeCommand("editor.action.selectAll");
  await typeText(text);
}

/** Returns the first picture of a prompt's job in the current snapshot. */
async function shownPicture(prompt: string) {
  return (await findJobView(prompt))?.pictures[0];
}

/** Generates a picture and returns its prompt and the page's reference to it. */
async function generateOne(more: Parameters<typeof generateAndWait>[1] = {}) {
  const prompt = freshPrompt();
  return { prompt, ref: firstPicture(await generateAndWait(prompt, more)).ref };
}

describe("the sheet of the panel", () => {
  before(async () => {
    await send({ type: "ready" });
    await clearReferences();
  });

  afterEach(() => send({ type: "dismissError" }));

  it("keeps a picture under the proposed name, or under the next one if that is taken", async () => {
    const folder = freshFolder();
    const [a, b] = [await generateOne({ path: `${folder}/fox` }), await generateOne({ path: `${folder}/fox` })];
    await send({ type: "keep", ...a.ref });
    await send({ type: "keep", ...b.ref });
    await send({ type: "keep", ...a.ref });
    assert.deepEqual(await fileNamesIn(folder), ["fox-2.png", "fox.png"]);
    assert.deepEqual((await shownPicture(a.prompt))?.kept, [`${folder}/fox.png`]);
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/fox.png`))), "png 1024x1024");
  });

  it("keeps a picture under the extension as it was typed, and previews that", async () => {
    const folder = freshFolder();
    const path = `${folder}/fox.JPEG`;
    await send({ type: "previewPath", draft: draftOf("A fox", { format: "JPG", path }) });
    assert.equal((await snapshot()).draft.savePathPreview?.savePath, path);
    const { prompt, ref } = await generateOne({ format: "JPG", path });
    await send({ type: "keep", ...ref });
    assert.deepEqual(await fileNamesIn(folder), ["fox.JPEG"]);
    assert.deepEqual((await shownPicture(prompt))?.kept, [path]);
  });

  it("opens a file that a picture was kept as, and no other", async () => {
    const folder = freshFolder();
    const { ref } = await generateOne({ path: `${folder}/fox` });
    await send({ type: "keep", ...ref });
    await send({ type: "openKept", ...ref, index: 0 });
    await waitUntil("the file is open", async () =>
      window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === "fox.png")),
    );
    await commands.executeCommand("workbench.action.closeActiveEditor");
    await send({ type: "openKept", ...ref, index: 1 });
    assert.match((await snapshot()).lastError?.message ?? "", /folder that is not open here/);
  });

  it("asks for the name with Keep As, and shows nothing after Escape", async () => {
    const folder = freshFolder();
    const { ref } = await generateOne({ path: `${folder}/fox` });
    const { done } = await waitForInput("keepAs", () => send({ type: "keepAs", ...ref }));
    await pressEscape();
    await done;
    assert.deepEqual([await fileNamesIn(folder), (await snapshot()).lastError], [[], undefined]);
  });

  it("keeps a picture at the path of Keep As, and refuses an extension of another format", async () => {
    const folder = freshFolder();
    const { prompt, ref } = await generateOne({ path: `${folder}/fox` });
    const { done } = await waitForInput("keepAs", () => send({ type: "keepAs", ...ref }));
    await typeAll(`${folder}/hare.jpg`);
    await enter();
    await typeAll(`${folder}/hare.png`);
    await enter();
    await done;
    assert.deepEqual((await shownPicture(prompt))?.kept, [`${folder}/hare.png`]);
    assert.deepEqual(await fileNamesIn(folder), ["hare.png"]);
  });

  it("stars and unstars, and discards with undo", async () => {
    const { prompt, ref } = await generateOne({ count: 2 });
    await send({ type: "star", ...ref, starred: true });
    assert.equal((await shownPicture(prompt))?.isStarred, true);
    await send({ type: "star", ...ref, starred: false });
    assert.equal((await shownPicture(prompt))?.isStarred, false);
    await send({ type: "discard", ...ref });
    assert.equal((await findJobView(prompt))?.pictures.length, 1);
    assert.equal((await jobFilesOf(prompt))[0]?.pictures.length, 2);
    assert.equal((await findJobView(prompt))?.discarded?.length, 1);
    await send({ type: "undoDiscard" });
    assert.equal((await findJobView(prompt))?.pictures.length, 2);
  });

  it("offers to restore the last discarded picture, and restores earlier ones too", async () => {
    const { prompt } = await generateOne({ count: 3 });
    const job = await findJobView(prompt);
    const refs = (job?.pictures ?? []).map(({ id }) => ({ job: job?.id ?? "", picture: id }));
    for (const ref of refs) {
      await send({ type: "discard", ...ref });
    }
    const offered = async () => (await snapshot()).lastDiscarded?.picture;
    const number = async () => (await snapshot()).lastDiscarded?.number ?? 0;
    const last = await number();
    const [first, second, third] = refs.map(({ picture }) => picture);
    assert.equal(await offered(), third);
    await send({ type: "undoDiscard" });
    assert.equal(await offered(), second);
    await send({ type: "restore", job: refs[1]?.job ?? "", picture: second ?? "" });
    assert.equal(await offered(), first);
    await send({ type: "undoDiscard" });
    assert.notEqual((await snapshot()).lastDiscarded?.job, job?.id);
    assert.deepEqual(
      [(await findJobView(prompt))?.pictures.length, (await findJobView(prompt))?.discarded],
      [3, undefined],
    );
    // Each discard gets a new number, since the page offers each number once.
    await send({ type: "discard", job: job?.id ?? "", picture: first ?? "" });
    assert.ok((await number()) > last);
    await send({ type: "undoDiscard" });
  });

  it("opens a picture on the light table, under its prompt", async () => {
    const { prompt, ref } = await generateOne();
    await send({ type: "open", ...ref });
    await waitUntil("the picture is open", async () => lightTableTabs().some(({ label }) => label === prompt));
    (await lightTable()).close();
  });

  it("inserts the link at the cursor, and keeps the picture before if necessary", async () => {
    const folder = freshFolder();
    const { prompt, ref } = await generateOne({ path: `${folder}/fox` });
    const document = await workspace.openTextDocument({ language: "markdown", content: "Before\n\nAfter\n" });
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(new Position(1, 0), new Position(1, 0));
    await send({ type: "insertLink", ...ref });
    assert.match(document.getText(), /^Before\n\n!\[A red fox, number \d+\]\(.*fox\.png\)\n\nAfter\n$/);
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    await send({ type: "insertLink", ...ref });
    assert.deepEqual([await fileNamesIn(folder), (await shownPicture(prompt))?.kept.length], [["fox.png"], 1]);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("inserts the dimensions of a file with special characters in its name", async () => {
    const folder = freshFolder();
    const { ref } = await generateOne({ path: `${folder}/hero (dark) it's new!` });
    const document = await workspace.openTextDocument({ language: "html", content: "\n" });
    await window.showTextDocument(document);
    await send({ type: "insertLink", ...ref });
    assert.match(document.lineAt(0).text, / width="1024" height="1024">$/);
    assert.deepEqual(await fileNamesIn(folder), ["hero (dark) it's new!.png"]);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("uses a picture as a reference, labelled by its prompt", async () => {
    const { prompt, ref } = await generateOne();
    await send({ type: "useAsReference", ...ref });
    assert.deepEqual(
      (await snapshot()).draft.references.map(({ label }) => label),
      [prompt],
    );
    await clearReferences();
  });

  it("copies prompt, seed, both UUIDs and the request, without the key", async () => {
    const { prompt, ref } = await generateOne();
    const copied = async (what: Extract<Intent, { type: "copy" }>["what"]) => {
      await send({ type: "copy", ...ref, what });
      return env.clipboard.readText();
    };
    assert.deepEqual(
      [await copied("prompt"), await copied("seed"), await copied("imageUuid"), await copied("taskUuid")],
      [prompt, (await shownPicture(prompt))?.seed, (await shownPicture(prompt))?.imageUuid, ref.job],
    );
    for (const [failure, message] of [
      ["refused", "VS Code did not allow Limn to write to the clipboard. Click the picture, then copy it again."],
      [
        "failed",
        "This picture could not be read or converted to PNG, so it was not copied. Keep it, then copy its file.",
      ],
    ] as const) {
      await send({ type: "copyImage", ...ref, failure });
      assert.equal((await snapshot()).lastError?.message, message);
    }
    await send({ type: "copyTaskUuid", job: ref.job });
    assert.equal(await env.clipboard.readText(), ref.job);
    for (const what of ["curl", "typescript"] as const) {
      const text = await copied(what);
      assert.ok(text.includes("RUNWARE_API_KEY") && text.includes(prompt), what);
      assert.ok(!text.includes(process.env.RUNWARE_API_KEY ?? "?"), what);
    }
  });

  it("answers the page that copies a picture also when there are no bytes", async () => {
    const answers: PictureBytesMessage[] = [];
    const context = { sendBytes: async (message: PictureBytesMessage) => void answers.push(message) };
    const intent = { type: "copyImage", job: "job", picture: "one" } as const;
    await assert.rejects(
      sendImage(context, intent, async () => undefined),
      /not in Limn's vault any more/,
    );
    const unreadable = () => Promise.reject(new Error("unreadable"));
    await assert.rejects(sendImage(context, intent, unreadable), /unreadable/);
    assert.deepEqual(answers, [
      { type: "pictureBytes", picture: "one" },
      { type: "pictureBytes", picture: "one" },
    ]);
  });

  it("hides a kept picture that was deleted on the disk, and a job without pictures", async () => {
    const { prompt, ref } = await generateOne({ path: `${freshFolder()}/fox` });
    await send({ type: "keep", ...ref });
    const [job] = await jobFilesOf(prompt);
    await rm(join(vaultFolder, job?.pictures[0]?.file ?? "?"));
    await waitUntil("the job disappears from the sheet", async () => (await findJobView(prompt)) === undefined);
    assert.ok(
      (await snapshot()).history.some(({ text }) => text === prompt),
      "the history has lost the prompt",
    );
  });

  it("shows the current size of the vault", async () => {
    await send({ type: "measureVault" });
    const before = await waitUntil("the size is known", async () => (await snapshot()).vaultBytes);
    const { prompt } = await generateOne();
    const [job] = await jobFilesOf(prompt);
    const bytes = await readFile(join(vaultFolder, job?.pictures[0]?.file ?? "?"));
    await waitUntil("the size is updated", async () => (await snapshot()).vaultBytes === before + bytes.length);
  });
});

describe("the view in the side bar", () => {
  it("opens its page, and creates thumbnails for its pictures", async () => {
    const { prompt, ref } = await generateOne();
    await commands.executeCommand("limn.panel.focus");
    const thumbnail = await waitUntil("the thumbnail is made", async () => (await shownPicture(prompt))?.thumbnail);
    assert.equal(thumbnail, `${ref.job}_${ref.picture}.webp`);
    const bytes = await readFile(join(storageFolder, "thumbnails", thumbnail));
    assert.match(formatAndSize(bytes), /^webp 320x320$/);
    assert.match((await snapshot()).thumbnails, /^https?:.*\/thumbnails\/$/);
    await commands.executeCommand("workbench.view.explorer");
  });
});
