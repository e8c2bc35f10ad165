import assert from "node:assert/strict";
import { mkdir, unlink, writeFile } from "node:fs/promises";
import { commands } from "vscode";
import { at, bytesOf, facts, freshFolder, namesIn } from "./files.ts";
import { clearReferences, first, freshPrompt, made, send, snapshot } from "./panel.ts";
import { greyPng } from "./png.ts";

describe("replacing the file a picture was edited from", () => {
  /** A picture made from a grey one in a folder of its own, which is the draft's only reference. */
  async function edited(prompt: string, format: "PNG" | "JPG" = "PNG") {
    await clearReferences();
    const folder = freshFolder();
    await mkdir(at(folder).fsPath, { recursive: true });
    const uri = at(`${folder}/grey.png`);
    await writeFile(uri.fsPath, greyPng(300, 300, 99));
    await send({ type: "dropUris", list: uri.toString() });
    const job = await made(freshPrompt(prompt), { format });
    return { folder, uri, job, ref: first(job).ref };
  }

  after(clearReferences);

  it("writes the picture over it, and one undo brings the old bytes back", async () => {
    const { folder, uri, job, ref } = await edited("At night");
    const old = await bytesOf(uri);
    assert.equal(job.edited, true);
    await send({ type: "replace", ...ref });
    assert.equal(facts(await bytesOf(uri)), "png 1024x1024");
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesOf(uri), old);
    assert.deepEqual(await namesIn(folder), ["grey.png"]);
  });

  it("keeps to the format the file's name promises", async () => {
    const { uri, ref } = await edited("At noon", "JPG");
    await send({ type: "replace", ...ref });
    assert.equal(facts(await bytesOf(uri)), "png 1024x1024");
    await commands.executeCommand("limn.undoReplace");
    assert.equal(facts(await bytesOf(uri)), "png 300x300");
  });

  it("takes replacements back one after the other, the last first", async () => {
    const { uri, ref } = await edited("At dawn");
    const grey = await bytesOf(uri);
    await send({ type: "replace", ...ref });
    const once = await bytesOf(uri);
    assert.equal(facts(once), "png 1024x1024");
    await send({ type: "replace", ...ref });
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesOf(uri), once);
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesOf(uri), grey);
  });

  it("leaves a file alone that somebody has changed since", async () => {
    const { uri, ref } = await edited("At dusk");
    await send({ type: "replace", ...ref });
    assert.equal(facts(await bytesOf(uri)), "png 1024x1024");
    await writeFile(uri.fsPath, greyPng(10, 10, 1));
    await commands.executeCommand("limn.undoReplace");
    assert.equal(facts(await bytesOf(uri)), "png 10x10");
  });

  it("says so where the file is gone, and writes none", async () => {
    const { folder, uri, ref } = await edited("In fog");
    await unlink(uri.fsPath);
    await send({ type: "replace", ...ref });
    assert.match((await snapshot()).trouble?.message ?? "", /is not there any more\. Use “Keep” instead\.$/);
    assert.deepEqual(await namesIn(folder), []);
  });

  it("is not possible for a picture that was made from nothing", async () => {
    await clearReferences();
    const job = await made(freshPrompt());
    assert.equal(job.edited, false);
    await send({ type: "replace", ...first(job).ref });
    assert.match((await snapshot()).trouble?.message ?? "", /^This picture was not made from a file/);
  });
});
