import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commands, extensions, type Memento, Selection, type TextDocument, window, workspace } from "vscode";
import { exportFor } from "../../../src/host/export/exportImages.ts";
import { ReplacedImages } from "../../../src/host/panel/pictures/replacedImages.ts";
import { markAsDraft } from "../../../src/imaging/draftFile.ts";
import { createImaging } from "../../../src/imaging/imaging.ts";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { fileNamesIn, freshFolder, storageFolder, uriInWorkspace, vaultFolder } from "../support/files.ts";
import { offlineJobs } from "../support/offlineJobs.ts";

const extension = extensions.getExtension("limn.limn");
assert.ok(extension);
const imaging = createImaging({ processPath: join(extension.extensionUri.fsPath, "dist/imaging-process.js") });
const state: Memento = { keys: () => [], get: () => undefined, update: async () => undefined };

after(() => imaging.dispose());

/** What an export needs. */
const servicesOf = ({ jobs, ports }: Pick<ReturnType<typeof offlineJobs>, "jobs" | "ports">) => ({
  ...{ imaging, jobs, ports, log: ports.log, vault: vaultFolder, dist: extension.extensionUri },
  replacedImages: new ReplacedImages(state, join(storageFolder, "exported-link-test")),
});

/** Exports the draft “fox.png” of a new folder in two widths, while the cursor is in a document. */
async function exportBeside(name: string, before: string, after: string): Promise<TextDocument> {
  const folder = freshFolder();
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  const [fox, page] = [uriInWorkspace(`${folder}/fox.png`), uriInWorkspace(`${folder}/${name}`)];
  const draft = { prompt: "A fox in the snow. It is dusk.", model: "klingai:kling-image@3" };
  await writeFile(fox.fsPath, markAsDraft(greyPng(1200, 675, 99), draft));
  await writeFile(page.fsPath, before + after);
  const document = await workspace.openTextDocument(page);
  const cursor = document.positionAt(before.length);
  await window.showTextDocument(document, { selection: new Selection(cursor, cursor) });
  await commands.executeCommand("notifications.clearAll");
  await exportFor(servicesOf(offlineJobs()), [fox], "srcset");
  return document;
}

describe("the link to exported files", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  for (const [name, before, after, link] of [
    [
      ...(["page.html", "<main>\n  ", "\n</main>\n"] as const),
      '<img src="fox-1080w.webp" srcset="fox-640w.webp 640w, fox-1080w.webp 1080w" sizes="(max-width: 1080px) 100vw, 1080px" alt="A fox in the snow" width="1080" height="608">',
    ],
    [
      ...(["page.css", "main { background: ", "; }\n"] as const),
      'image-set(\n  url("fox-1080w.webp") type("image/webp") 1x\n)',
    ],
    [
      ...(["page.scss", "main {\n  ", "\n}\n"] as const),
      'background-image: image-set(\n    url("fox-1080w.webp") type("image/webp") 1x\n  );',
    ],
  ] as const) {
    it(`is inserted at the cursor in ${name} by the first button of the message`, async () => {
      const document = await exportBeside(name, before, after);
      await waitUntil("the link is there", async () => {
        await commands.executeCommand("notification.acceptPrimaryAction");
        return document.getText() !== before + after;
      });
      assert.equal(document.getText(), before + link + after);
    });
  }

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
    await exportFor(servicesOf({ jobs, ports }), [fox], "srcset");
    assert.deepEqual(await fileNamesIn(folder), ["fox-1080w.webp", "fox-640w.webp", "fox.png"]);
    const shown = warnings.filter((line) => /^Exported |^No link could be created/.test(line));
    assert.equal(shown.length, 3, warnings.join("\n"));
    assert.match(shown[0] ?? "", /^No link could be created for exported files: Error: The journal is broken\./);
  });
});
