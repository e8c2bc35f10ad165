import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extensions, type Memento, type Uri } from "vscode";
import { type FileToWrite, writeFiles } from "../../../src/host/export/writeFiles.ts";
import { ReplacedImages } from "../../../src/host/panel/pictures/replacedImages.ts";
import { createImaging } from "../../../src/imaging/imaging.ts";
import { greyPng } from "../../support/greyPng.ts";
import { mountSmallDisk, mountUnavailableReason, type SmallDisk } from "../../support/smallDisk.ts";
import { rejectionMessage } from "../support/commands.ts";
import { bytesOf, fileNamesIn, freshFolder, storageFolder, uriInWorkspace } from "../support/files.ts";

const extension = extensions.getExtension("limn.limn");
assert.ok(extension);
const imaging = createImaging({ processPath: join(extension.extensionUri.fsPath, "dist/imaging-process.js") });

const values = new Map<string, unknown>();

/** Undo of these files is not asked of a later session. */
const state: Memento = {
  keys: () => [...values.keys()],
  get: (key: string) => values.get(key),
  update: async (key, value) => void values.set(key, value),
};
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

after(() => imaging.dispose());

describe("writing the files of an export", () => {
  it("creates folders, and Undo deletes files and folders again", async () => {
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
    assert.deepEqual(await fileNamesIn(path), []);
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

/** Bytes of the disk of a test, and of a text that fits on it only once. */
const [diskBytes, largeBytes] = [1_000_000, 600_000];

/** A folder on a small disk, with a file of the user. */
async function diskFolder() {
  const path = freshFolder();
  const disk = mountSmallDisk(uriInWorkspace(path).fsPath, diskBytes);
  disks.push(disk);
  await writeFile(uriInWorkspace(`${path}/mine.txt`).fsPath, "mine");
  return { uri: uriInWorkspace(path), path, disk };
}

const disks: SmallDisk[] = [];

/** The files in a folder, with the text of the user's own. */
const contentOf = async (path: string): Promise<readonly string[]> => [
  ...(await fileNamesIn(path)),
  Buffer.from(await bytesOf(uriInWorkspace(`${path}/mine.txt`))).toString(),
];

(mountUnavailableReason === undefined ? describe : describe.skip)("An export onto a disk", () => {
  afterEach(() => {
    for (const disk of disks.splice(0)) disk.unmount();
  });

  it("that fills up leaves no file and no folder behind, and says why", async () => {
    const { uri, path } = await diskFolder();
    const large: FileToWrite = { kind: "text", path: "deep/large.txt", content: "x".repeat(largeBytes) };
    assert.equal(
      await rejectionMessage(writeFiles(services, uri, [good("a.png"), large, { ...large, path: "deep/more.txt" }])),
      "deep/more.txt was not exported, so nothing was changed. The disk is full. Export into another folder.",
    );
    assert.deepEqual(await contentOf(path), ["mine.txt", "mine"]);
  });

  it("that is read-only says why there is no file", async () => {
    const { uri, path, disk } = await diskFolder();
    disk.setReadOnly(true);
    assert.equal(
      await rejectionMessage(writeFiles(services, uri, [good("a.png")])),
      "a.png was not exported, so nothing was changed. The disk is read-only. Export into another folder.",
    );
    assert.deepEqual(await contentOf(path), ["mine.txt", "mine"]);
  });

  for (const [fault, reason] of [
    ["fill", "The disk is full."],
    ["setReadOnly", "The disk is read-only."],
  ] as const) {
    it(`leaves a file that cannot be replaced: ${reason}`, async () => {
      const { path, disk } = await diskFolder();
      await disk[fault](true);
      const replacing = services.replacedImages.replace(uriInWorkspace(`${path}/mine.txt`), Buffer.from("exported"));
      assert.equal(
        await rejectionMessage(replacing),
        `${path}/mine.txt could not be written. ${reason} It was left as it is.`,
      );
      assert.deepEqual((await contentOf(path)).slice(-2), ["mine.txt", "mine"]);
      assert.match(await rejectionMessage(services.replacedImages.undo()), /^There is no replaced image to restore\./);
    });
  }

  it("replaces no file that cannot be saved for Undo", async () => {
    const { uri, path, disk } = await diskFolder();
    const other = await folder();
    const mine = uriInWorkspace(`${other.path}/mine.txt`);
    await writeFile(mine.fsPath, "mine");
    await disk.fill();
    const replacedImages = new ReplacedImages(state, uri.fsPath);
    assert.equal(
      await rejectionMessage(replacedImages.replace(mine, Buffer.from("exported"))),
      `${other.path}/mine.txt was left as it is, because it could not be saved for Undo. The disk is full.`,
    );
    assert.deepEqual(await contentOf(other.path), ["mine.txt", "mine"]);
    assert.deepEqual(await fileNamesIn(path), [".ballast", "mine.txt"]);
  });
});
