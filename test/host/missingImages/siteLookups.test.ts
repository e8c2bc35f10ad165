import assert from "node:assert/strict";
import { type Uri, workspace } from "vscode";
import { currentFiles, type FileView, linkedTextOf } from "../../../src/host/imageLinks/linkedFile.ts";
import { oversizedLinks } from "../../../src/host/imageWeights/oversizedLinks.ts";
import { missingImagesOf } from "../../../src/host/missingImages/missingImagesOf.ts";
import { freshFolder } from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";

/** The real files, and how often they were asked for. */
function countedFiles() {
  const asked = new Map<string, number>();
  let [running, most] = [0, 0];
  const count = (key: string) => asked.set(key, (asked.get(key) ?? 0) + 1);
  const files: FileView = {
    exists: async (uri: Uri) => {
      count(uri.path);
      running++;
      most = Math.max(most, running);
      const exists = await currentFiles.exists(uri);
      running--;
      return exists;
    },
    siteOf: (document, root) => {
      count("site");
      return currentFiles.siteOf(document, root);
    },
  };
  return {
    files,
    siteLookups: () => asked.get("site"),
    mostOfOneFile: () => Math.max(...asked.values()),
    most: () => most,
  };
}

describe("A document with many links", () => {
  const images = Array.from({ length: 60 }, (_, index) => `<img src="/images/${index}.png" alt="A hut" width="9">`);

  /** The open document, in a project of Vite. */
  async function openPage() {
    const folder = freshFolder();
    await write(`${folder}/package.json`, '{ "dependencies": { "vite": "1" } }');
    return workspace.openTextDocument(await write(`${folder}/index.html`, images.join("\n")));
  }

  it("is searched for missing images with one look for its site and at each file, and some files at a time", async () => {
    const linked = linkedTextOf(await openPage());
    assert.ok(linked);
    const { files, siteLookups, mostOfOneFile, most } = countedFiles();
    assert.equal((await missingImagesOf(linked, files)).length, images.length);
    assert.equal(siteLookups(), 1);
    assert.equal(mostOfOneFile(), 1);
    // Each link may be in several folders.
    assert.ok(most() <= 16 * 3, String(most()));
  });

  it("is checked for heavy images with one look for its site", async () => {
    const { files, siteLookups } = countedFiles();
    assert.deepEqual(await oversizedLinks(await openPage(), files), []);
    assert.equal(siteLookups(), 1);
  });
});
