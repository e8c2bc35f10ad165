import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extensions, type Memento } from "vscode";
import { exportFor } from "../../../src/host/export/exportImages.ts";
import { ReplacedImages } from "../../../src/host/panel/pictures/replacedImages.ts";
import { createImaging } from "../../../src/imaging/imaging.ts";
import { greyPng } from "../../support/greyPng.ts";
import { fileNamesIn, freshFolder, storageFolder, uriInWorkspace, vaultFolder } from "../support/files.ts";
import { offlineJobs } from "../support/offlineJobs.ts";

const extension = extensions.getExtension("limn.limn");
assert.ok(extension);
const imaging = createImaging({ processPath: join(extension.extensionUri.fsPath, "dist/imaging-process.js") });
const state: Memento = { keys: () => [], get: () => undefined, update: async () => undefined };

after(() => imaging.dispose());

describe("the link to exported files", () => {
  it("hides no finished export if it cannot be made", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const fox = uriInWorkspace(`${folder}/fox.png`);
    await writeFile(fox.fsPath, greyPng(1200, 675, 99));
    const { jobs, ports, warnings } = offlineJobs();
    // The export looks for the focus of the picture, and then the link for its alt text.
    let isRead = false;
    jobs.journal.list = () => {
      if (isRead) throw new Error("The journal is broken.");
      isRead = true;
      return [];
    };
    const replacedImages = new ReplacedImages(state, join(storageFolder, "exported-link-test"));
    await exportFor({ imaging, jobs, ports, log: ports.log, replacedImages, vault: vaultFolder }, [fox], "srcset");
    assert.deepEqual(await fileNamesIn(folder), ["fox-1080w.webp", "fox-640w.webp", "fox.png"]);
    const shown = warnings.filter((line) => /^Exported |^No link could be created/.test(line));
    assert.equal(shown.length, 3, warnings.join("\n"));
    assert.match(shown[0] ?? "", /^No link could be created for exported files: Error: The journal is broken\./);
  });
});
