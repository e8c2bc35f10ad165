import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extensions, type Memento, type Uri } from "vscode";
import { type FileToWrite, writeFiles } from "../../../src/host/export/writeFiles.ts";
import { ReplacedImages } from "../../../src/host/panel/pictures/replacedImages.ts";
import { createImaging } from "../../../src/imaging/imaging.ts";
import { greyPng } from "../../support/greyPng.ts";
import { rejectionMessage } from "../support/commands.ts";
import { fileNamesIn, freshFolder, storageFolder, uriInWorkspace } from "../support/files.ts";

const extension = extensions.getExtension("limn.limn");
assert.ok(extension);
const imaging = createImaging({ processPath: join(extension.extensionUri.fsPath, "dist/imaging-process.js") });

/** Undo of these files is not asked of a later session. */
const state: Memento = { keys: () => [], get: () => undefined, update: async () => undefined };
const log = { info: () => undefined };
const services = { imaging, log, replacedImages: new ReplacedImages(state, join(storageFolder, "export-test")) };

const picture = { width: 20, height: 10, margin: 0, format: "PNG" } as const;
const good = (path: string): FileToWrite => ({ kind: "picture", path, read: async () => greyPng(60, 30, 99), picture });
const text = (path: string): FileToWrite => ({ kind: "text", path, content: "exported" });
const damaged: FileToWrite = {
  ...{ kind: "picture", path: "damaged.png", picture },
  read: async () => greyPng(60, 30, 99).subarray(0, 60),
};

async function folder(): Promise<{ readonly uri: Uri; readonly path: string }> {
  const path = freshFolder();
  await mkdir(uriInWorkspace(path).fsPath, { recursive: true });
  return { uri: uriInWorkspace(path), path };
}

describe("writing the files of an export", () => {
  after(() => imaging.dispose());

  it("creates folders, and Undo deletes the files again", async () => {
    const { uri, path } = await folder();
    const written = await writeFiles(services, uri, [good("deep/a.png"), text("site.webmanifest")]);
    assert.deepEqual(
      [await fileNamesIn(path), await fileNamesIn(`${path}/deep`)],
      [["deep", "site.webmanifest"], ["a.png"]],
    );
    assert.deepEqual(
      written.files.map(({ pixels }) => pixels),
      [{ width: 20, height: 10 }, undefined],
    );
    await written.undo();
    assert.deepEqual([await fileNamesIn(path), await fileNamesIn(`${path}/deep`)], [["deep"], []]);
  });

  it("changes nothing if one of them cannot be made", async () => {
    const { uri, path } = await folder();
    const message = await rejectionMessage(writeFiles(services, uri, [good("a.png"), damaged, text("b.txt")]));
    assert.match(
      message,
      /^damaged\.png was not exported, so nothing was changed\. This picture is cut off or damaged/,
    );
    assert.deepEqual(await fileNamesIn(path), []);
  });

  it("writes nothing if two files would have the same name, also on a disk that ignores case", async () => {
    const { uri, path } = await folder();
    const message = await rejectionMessage(writeFiles(services, uri, [text("Fox.txt"), text("fox.txt")]));
    assert.match(message, /^Two of the images would become fox\.txt\./);
    assert.deepEqual(await fileNamesIn(path), []);
  });

  it("replaces nothing if Undo could not bring all of it back", async () => {
    const { uri, path } = await folder();
    const names = Array.from({ length: services.replacedImages.undoLimit + 1 }, (_, index) => `${index}.txt`);
    for (const name of names) {
      await writeFile(uriInWorkspace(`${path}/${name}`).fsPath, "mine");
    }
    const message = await rejectionMessage(writeFiles(services, uri, names.map(text)));
    assert.match(message, /^21 of the files exist, and Undo brings back only 20\./);
    assert.equal(await readFile(uriInWorkspace(`${path}/0.txt`).fsPath, "utf8"), "mine");
  });

  it("leaves a file that was changed since when it is undone, and restores the others", async () => {
    const { uri, path } = await folder();
    const written = await writeFiles(services, uri, [text("a.txt"), text("b.txt"), text("c.txt")]);
    await writeFile(uriInWorkspace(`${path}/b.txt`).fsPath, "mine");
    assert.match(await rejectionMessage(written.undo()), /b\.txt has been changed since, so it was left as it is\.$/);
    assert.deepEqual(await fileNamesIn(path), ["b.txt"]);
    assert.equal(await readFile(uriInWorkspace(`${path}/b.txt`).fsPath, "utf8"), "mine");
  });
});
