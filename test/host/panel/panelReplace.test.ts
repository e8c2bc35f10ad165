import assert from "node:assert/strict";
import { chmod, mkdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commands, type Memento, window } from "vscode";
import { maxDrafts } from "../../../src/host/draftImages/maxDrafts.ts";
import { ReplacedImages } from "../../../src/host/panel/pictures/replacedImages.ts";
import { replacedImagesKey } from "../../../src/host/storage/storagePaths.ts";
import { greyPng } from "../../support/greyPng.ts";
import { bytesOf, fileNamesIn, formatAndSize, freshFolder, storageFolder, uriInWorkspace } from "../support/files.ts";
import { clearReferences, firstPicture, freshPrompt, generateAndWait, send, snapshot } from "../support/panel.ts";

describe("Replace", () => {
  /** Generates a picture from a grey one in a new folder, which stays the only reference. */
  async function edited(prompt: string, format: "PNG" | "JPG" = "PNG") {
    await clearReferences();
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const uri = uriInWorkspace(`${folder}/grey.png`);
    await writeFile(uri.fsPath, greyPng(300, 300, 99));
    await send({ type: "dropUris", list: uri.toString() });
    const job = await generateAndWait(freshPrompt(prompt), { format });
    return { folder, uri, job, ref: firstPicture(job).ref };
  }

  after(clearReferences);

  it("overwrites the picture's reference file, and one undo restores the old bytes", async () => {
    const { folder, uri, job, ref } = await edited("At night");
    const old = await bytesOf(uri);
    assert.equal(job.hasReferenceFile, true);
    await send({ type: "replace", ...ref });
    assert.equal(formatAndSize(await bytesOf(uri)), "png 1024x1024");
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesOf(uri), old);
    assert.deepEqual(await fileNamesIn(folder), ["grey.png"]);
  });

  it("converts the picture to the format of the file's extension", async () => {
    const { uri, ref } = await edited("At noon", "JPG");
    await send({ type: "replace", ...ref });
    assert.equal(formatAndSize(await bytesOf(uri)), "png 1024x1024");
    await commands.executeCommand("limn.undoReplace");
    assert.equal(formatAndSize(await bytesOf(uri)), "png 300x300");
  });

  it("undoes replacements one by one, the last first", async () => {
    const { uri, ref } = await edited("At dawn");
    const grey = await bytesOf(uri);
    await send({ type: "replace", ...ref });
    const once = await bytesOf(uri);
    assert.equal(formatAndSize(once), "png 1024x1024");
    await send({ type: "replace", ...ref });
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesOf(uri), once);
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesOf(uri), grey);
  });

  it("does not undo the replacement of a file that was changed since", async () => {
    const { uri, ref } = await edited("At dusk");
    await send({ type: "replace", ...ref });
    assert.equal(formatAndSize(await bytesOf(uri)), "png 1024x1024");
    await writeFile(uri.fsPath, greyPng(10, 10, 1));
    await commands.executeCommand("limn.undoReplace");
    assert.equal(formatAndSize(await bytesOf(uri)), "png 10x10");
  });

  it("shows an error if the file is missing, and writes nothing", async () => {
    const { folder, uri, ref } = await edited("In fog");
    await unlink(uri.fsPath);
    await send({ type: "replace", ...ref });
    assert.match((await snapshot()).lastError?.message ?? "", /is not there any more\. Use “Keep” instead\.$/);
    assert.deepEqual(await fileNamesIn(folder), []);
  });

  it("shows an error for a picture without a reference", async () => {
    await clearReferences();
    const job = await generateAndWait(freshPrompt());
    assert.equal(job.hasReferenceFile, false);
    await send({ type: "replace", ...firstPicture(job).ref });
    assert.match((await snapshot()).lastError?.message ?? "", /^This picture was not made from a file/);
  });
});

describe("Replace in a process that is killed", () => {
  const [older, newer] = [greyPng(20, 10, 1), greyPng(20, 10, 2)];

  async function imageFile() {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const uri = uriInWorkspace(`${folder}/grey.png`);
    await writeFile(uri.fsPath, older);
    return uri;
  }

  /**
   * Returns the workspace's state in a process that is killed at its `kill`-th write, before or
   * after the value is stored.
   */
  function crashingState(values: Map<string, unknown>, kill: number, stored: boolean) {
    const { promise: killed, resolve } = Promise.withResolvers<void>();
    let writes = 0;
    const state: Memento = {
      keys: () => [...values.keys()],
      get: (key: string) => values.get(key),
      update(key, value) {
        const isKilled = ++writes === kill;
        if (!isKilled || stored) {
          values.set(key, value);
        }
        if (isKilled) {
          resolve();
        }
        return isKilled ? new Promise<never>(() => undefined) : Promise.resolve();
      },
    };
    return { state, killed };
  }

  const session = (values: Map<string, unknown>, kill = 0, stored = false) => {
    const { state, killed } = crashingState(values, kill, stored);
    return { replaced: new ReplacedImages(state, join(storageFolder, "replaced")), killed };
  };

  for (const [when, stored] of [
    ["before it stores the entry for undo", false],
    ["before it overwrites the file", true],
  ] as const) {
    it(`${when} does not change the file, and undo reverts the previous replacement`, async () => {
      const [uri, values] = [await imageFile(), new Map<string, unknown>()];
      await session(values).replaced.replace(uri, newer);
      const { replaced, killed } = session(values, 1, stored);
      void replaced.replace(uri, greyPng(20, 10, 3));
      await killed;
      assert.deepEqual(Buffer.from(await bytesOf(uri)), newer);
      const { replaced: next } = session(values);
      await next.undo();
      assert.deepEqual(Buffer.from(await bytesOf(uri)), older);
      await assert.rejects(next.undo(), /no replaced image/);
    });
  }

  it("brings back a list of as many drafts as are listed, and keeps the backup of a picture longer", async () => {
    const [picture, first, last, values] = [await imageFile(), await imageFile(), await imageFile(), new Map()];
    const { replaced } = session(values);
    await replaced.replace(picture, newer);
    const list = replaced.recordDrafts();
    await replaced.replace(first, newer, true);
    const others = Array.from({ length: maxDrafts - 2 }, (_, index) => ({
      uri: `file:///${index}.png`,
      old: `old-${index}`,
      fresh: "",
      isDraft: true,
    }));
    values.set(replacedImagesKey, [...values.get(replacedImagesKey), ...others]);
    await replaced.replace(last, newer, true);
    await list.undo([first, last]);
    const bytesNow = () => Promise.all([picture, first, last].map(async (uri) => Buffer.from(await bytesOf(uri))));
    assert.deepEqual(await bytesNow(), [newer, older, older]);
    for (const uri of [first, last, first]) await replaced.replace(uri, greyPng(20, 10, 3), true);
    assert.equal(values.get(replacedImagesKey).length, maxDrafts + 1);
    values.set(replacedImagesKey, values.get(replacedImagesKey).slice(0, 1));
    await replaced.undo();
    assert.deepEqual((await bytesNow())[0], older);
  });

  it("brings back several drafts at once, but no file that was changed since", async () => {
    const [one, changed, three, { replaced }] = [
      await imageFile(),
      await imageFile(),
      await imageFile(),
      session(new Map()),
    ];
    await replaced.replace(one, newer, true);
    const list = replaced.recordDrafts();
    // The first one for the second time, such as a draft that was made and rendered again.
    for (const uri of [one, changed, three]) await replaced.replace(uri, greyPng(20, 10, 3), true);
    await writeFile(changed.fsPath, greyPng(10, 10, 1));
    const refusal = await list.undo([one, changed, three]).then(String, String);
    assert.match(refusal, /Restored 2 of 3 drafts\. .*grey\.png has been changed since, so it was left as it is\./);
    const bytes = await Promise.all([one, changed, three].map(async (uri) => Buffer.from(await bytesOf(uri))));
    assert.deepEqual(bytes, [newer, greyPng(10, 10, 1), older]);
    await replaced.undo();
    assert.deepEqual(Buffer.from(await bytesOf(one)), older);
    await assert.rejects(list.undo([three]), /was restored before/);
  });

  it("takes back no picture of a later list, and keeps its backup", async () => {
    const [again, deleted, { replaced }] = [await imageFile(), await imageFile(), session(new Map())];
    // The draft of the second file was deleted before its picture came: nothing was replaced.
    const list = replaced.recordDrafts();
    await replaced.replace(again, newer, true);
    list.dispose();
    await writeFile(again.fsPath, older);
    const later = replaced.recordDrafts();
    for (const uri of [again, deleted]) await replaced.replace(uri, greyPng(20, 10, 3), true);
    const refusal = await list.undo([again, deleted]).then(String, String);
    assert.match(refusal, /Restored 0 of 2 drafts\. .*grey\.png has not replaced a draft, so it was left as it is\./);
    await assert.rejects(list.undo([again]), /was restored before|has been changed since/);
    const bytesNow = () => Promise.all([again, deleted].map(async (uri) => Buffer.from(await bytesOf(uri))));
    assert.deepEqual(await bytesNow(), [greyPng(20, 10, 3), greyPng(20, 10, 3)]);
    await later.undo([again, deleted]);
    assert.deepEqual(await bytesNow(), [older, older]);
  });

  it("brings back the draft of the last list if the picture of it was deleted, and not that of an earlier one", async () => {
    const [file, { replaced }] = [await imageFile(), session(new Map())];
    const list = replaced.recordDrafts();
    await replaced.replace(file, newer, true);
    list.dispose();
    const draftAgain = greyPng(20, 10, 4);
    await writeFile(file.fsPath, draftAgain);
    const later = replaced.recordDrafts();
    await replaced.replace(file, greyPng(20, 10, 3), true);
    await unlink(file.fsPath);
    await assert.rejects(list.undo([file]), /has been changed since, so it was left as it is/);
    await later.undo([file]);
    assert.deepEqual(Buffer.from(await bytesOf(file)), draftAgain);
  });

  it("says nothing about a read-only file that the user declines to overwrite", async () => {
    const [locked, draft, { replaced }] = [await imageFile(), await imageFile(), session(new Map())];
    const list = replaced.recordDrafts();
    for (const uri of [locked, draft]) await replaced.replace(uri, newer, true);
    await chmod(locked.fsPath, 0o444);
    // A test window throws instead of showing a modal dialog: this is a user who presses Escape.
    const { showWarningMessage } = window;
    Object.assign(window, { showWarningMessage: async () => undefined });
    try {
      await list.undo([locked, draft]);
    } finally {
      Object.assign(window, { showWarningMessage });
    }
    const bytes = await Promise.all([locked, draft].map(async (uri) => Buffer.from(await bytesOf(uri))));
    assert.deepEqual(bytes, [newer, older]);
  });

  it("during undo has already restored the old bytes", async () => {
    const [uri, values] = [await imageFile(), new Map<string, unknown>()];
    await session(values).replaced.replace(uri, newer);
    const { replaced, killed } = session(values, 1);
    void replaced.undo();
    await killed;
    assert.deepEqual(Buffer.from(await bytesOf(uri)), older);
    await assert.rejects(session(values).replaced.undo(), /no replaced image/);
  });
});
