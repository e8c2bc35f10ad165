import assert from "node:assert/strict";
import { mkdir, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commands, type Memento } from "vscode";
import { ReplacedImages } from "../../../src/host/panel/pictures/replacedImages.ts";
import { greyPng } from "../../support/greyPng.ts";
import { bytesOf, fileNamesIn, formatAndSize, freshFolder, storageFolder, uriInWorkspace } from "../support/files.ts";
import { clearReferences, firstPicture, freshPrompt, generateAndWait, send, snapshot } from "../support/panel.ts";

describe("replacing the file a picture was edited from", () => {
  /** A picture made from a grey one in a folder of its own, which is the draft's only reference. */
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

  it("writes the picture over it, and one undo brings the old bytes back", async () => {
    const { folder, uri, job, ref } = await edited("At night");
    const old = await bytesOf(uri);
    assert.equal(job.hasReferenceFile, true);
    await send({ type: "replace", ...ref });
    assert.equal(formatAndSize(await bytesOf(uri)), "png 1024x1024");
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesOf(uri), old);
    assert.deepEqual(await fileNamesIn(folder), ["grey.png"]);
  });

  it("keeps to the format the file's name promises", async () => {
    const { uri, ref } = await edited("At noon", "JPG");
    await send({ type: "replace", ...ref });
    assert.equal(formatAndSize(await bytesOf(uri)), "png 1024x1024");
    await commands.executeCommand("limn.undoReplace");
    assert.equal(formatAndSize(await bytesOf(uri)), "png 300x300");
  });

  it("takes replacements back one after the other, the last first", async () => {
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

  it("leaves a file alone that somebody has changed since", async () => {
    const { uri, ref } = await edited("At dusk");
    await send({ type: "replace", ...ref });
    assert.equal(formatAndSize(await bytesOf(uri)), "png 1024x1024");
    await writeFile(uri.fsPath, greyPng(10, 10, 1));
    await commands.executeCommand("limn.undoReplace");
    assert.equal(formatAndSize(await bytesOf(uri)), "png 10x10");
  });

  it("says so where the file is gone, and writes none", async () => {
    const { folder, uri, ref } = await edited("In fog");
    await unlink(uri.fsPath);
    await send({ type: "replace", ...ref });
    assert.match((await snapshot()).lastError?.message ?? "", /is not there any more\. Use “Keep” instead\.$/);
    assert.deepEqual(await fileNamesIn(folder), []);
  });

  it("is not possible for a picture that was made from nothing", async () => {
    await clearReferences();
    const job = await generateAndWait(freshPrompt());
    assert.equal(job.hasReferenceFile, false);
    await send({ type: "replace", ...firstPicture(job).ref });
    assert.match((await snapshot()).lastError?.message ?? "", /^This picture was not made from a file/);
  });
});

describe("a replacement whose process is killed", () => {
  const [older, newer] = [greyPng(20, 10, 1), greyPng(20, 10, 2)];

  async function imageFile() {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const uri = uriInWorkspace(`${folder}/grey.png`);
    await writeFile(uri.fsPath, older);
    return uri;
  }

  /**
   * The workspace's state, in a process that is killed when it writes for the `kill`-th time:
   * before the value is stored, or after.
   */
  function dyingState(values: Map<string, unknown>, kill: number, stored: boolean) {
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
    const { state, killed } = dyingState(values, kill, stored);
    return { replaced: new ReplacedImages(state, join(storageFolder, "replaced")), killed };
  };

  for (const [when, stored] of [
    ["before the entry for undo is stored", false],
    ["before the file is written over", true],
  ] as const) {
    it(`${when} leaves the file as it was, and undo takes back the replacement before it`, async () => {
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

  it("during undo leaves the old bytes in the file", async () => {
    const [uri, values] = [await imageFile(), new Map<string, unknown>()];
    await session(values).replaced.replace(uri, newer);
    const { replaced, killed } = session(values, 1);
    void replaced.undo();
    await killed;
    assert.deepEqual(Buffer.from(await bytesOf(uri)), older);
    await assert.rejects(session(values).replaced.undo(), /no replaced image/);
  });
});
