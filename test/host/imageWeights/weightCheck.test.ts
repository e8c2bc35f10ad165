import assert from "node:assert/strict";
import { rename, rm } from "node:fs/promises";
import {
  ConfigurationTarget,
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  type TextDocument,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { siteTools } from "../../../src/core/links/sites/siteTools.ts";
import { oversizedLinks } from "../../../src/host/imageWeights/oversizedLinks.ts";
import { checkWeights, siteConfigGlob } from "../../../src/host/imageWeights/weightCheck.ts";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, formatAndSize, freshFolder, uriInWorkspace } from "../support/files.ts";
import { hoverAt } from "../support/hovers.ts";
import { write } from "../support/imageDocuments.ts";
import { actionsAt } from "../support/lightBulb.ts";
import { enter, enterUntilDone, runUntilInput, typeText } from "../support/quickInput.ts";
import { setSetting } from "../support/testService.ts";

/** A picture whose bytes behind the pixels make it as heavy as a photo. */
const heavy = (width: number, height: number) => Buffer.concat([greyPng(width, height, 128), Buffer.alloc(200_000)]);

/** The problems of a document that Limn has found. */
const problemsOf = (document: TextDocument): readonly Diagnostic[] =>
  languages.getDiagnostics(document.uri).filter(({ source }) => source === "Limn");

/** The problems of a document as soon as there are this many. */
const problemsWhen = (document: TextDocument, count: number): Promise<readonly Diagnostic[]> =>
  waitUntil(`${count} problems`, async () => {
    const problems = problemsOf(document);
    return problems.length === count ? problems : undefined;
  });

/** Replaces a text of the document. */
async function replaceText(document: TextDocument, before: string, after: string): Promise<void> {
  const start = document.getText().indexOf(before);
  assert.ok(start >= 0, before);
  const edit = new WorkspaceEdit();
  const range = new Range(document.positionAt(start), document.positionAt(start + before.length));
  edit.replace(document.uri, range, after);
  assert.ok(await workspace.applyEdit(edit));
}

/** An open page with a heavy photo, in full size and small, and with a file that is missing. */
async function openPage(): Promise<{ readonly folder: string; readonly document: TextDocument }> {
  const folder = freshFolder();
  await write(`${folder}/photo.png`, heavy(1200, 600));
  const images = ['<img src="photo.png" width="600">', '<img src="./photo.png" width="200">', '<img src="no.png">'];
  const document = await workspace.openTextDocument(await write(`${folder}/page.html`, `${images.join("\n")}\n`));
  return { folder, document };
}

describe("The check of image weights", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("says nothing until it is turned on, and nothing any more when it is off again", async () => {
    const { document } = await openPage();
    assert.match((await hoverAt(document, "./photo.png"))?.value ?? "", /far larger than its use/);
    assert.deepEqual(problemsOf(document), []);
    await setSetting("weightCheck", true);
    await problemsWhen(document, 1);
    // VS Code shows the problem in the same hover.
    assert.doesNotMatch((await hoverAt(document, "./photo.png"))?.value ?? "", /far larger than its use/);
    await setSetting("weightCheck", false);
    await problemsWhen(document, 0);
  });

  it("says at the path which image is far larger than its use, and what is enough", async () => {
    await setSetting("weightCheck", true);
    const { folder, document } = await openPage();
    const [problem] = await problemsWhen(document, 1);
    assert.equal(document.getText(problem?.range), "./photo.png");
    assert.equal(problem?.severity, DiagnosticSeverity.Information);
    assert.match(
      problem.message,
      new RegExp(
        `^${folder}/photo\\.png is far larger than its use: it is shown 200 px wide, so 400 px are enough, with about \\d+ kB less\\.$`,
      ),
    );
  });

  it("takes the problem back when the link or the image is fixed", async () => {
    await setSetting("weightCheck", true);
    const { folder, document } = await openPage();
    await problemsWhen(document, 1);
    await replaceText(document, 'width="200"', 'width="600"');
    await problemsWhen(document, 0);
    await replaceText(document, './photo.png" width="600"', './photo.png" width="100"');
    await problemsWhen(document, 1);
    await write(`${folder}/photo.png`, greyPng(200, 100, 128));
    await problemsWhen(document, 0);
    await write(`${folder}/photo.png`, heavy(1200, 600));
    await problemsWhen(document, 1);
  });

  it("finds images that are added later, and links that are typed", async () => {
    await setSetting("weightCheck", true);
    const { folder, document } = await openPage();
    await problemsWhen(document, 1);
    await replaceText(document, '"no.png"', '"no.png" width="150"');
    await write(`${folder}/no.png`, heavy(900, 600));
    const [, added] = await problemsWhen(document, 2);
    assert.equal(document.getText(added?.range), "no.png");
  });

  it("takes the problems back when the document is closed, or its images are gone with their folder", async () => {
    await setSetting("weightCheck", true);
    const folder = freshFolder();
    await write(`${folder}/art.v2/photo.png`, heavy(1200, 600));
    const page = await write(`${folder}/page.html`, '<img src="art.v2/photo.png" width="200">\n');
    const document = await workspace.openTextDocument(page);
    await problemsWhen(document, 1);
    const moved = new WorkspaceEdit();
    moved.renameFile(uriInWorkspace(`${folder}/art.v2`), uriInWorkspace(`${folder}/other`));
    await setSetting("updateLinksOnFileMove", "never");
    assert.ok(await workspace.applyEdit(moved));
    await problemsWhen(document, 0);
    await rename(uriInWorkspace(`${folder}/other`).fsPath, uriInWorkspace(`${folder}/art.v2`).fsPath);
    await problemsWhen(document, 1);
    await rm(uriInWorkspace(`${folder}/art.v2`).fsPath, { recursive: true });
    await problemsWhen(document, 0);
    await write(`${folder}/art.v2/photo.png`, heavy(1200, 600));
    await problemsWhen(document, 1);
    await window.showTextDocument(document);
    // VS Code closes a document without an editor only when its language changes, or after a while.
    await languages.setTextDocumentLanguage(document, "plaintext");
    await problemsWhen(document, 0);
  });

  it("follows the setting for sites", async () => {
    await setSetting("weightCheck", true);
    const folder = freshFolder();
    await write(`${folder}/art/photo.png`, heavy(1200, 600));
    const page = await write(`${folder}/page.html`, '<img src="/photo.png" width="200">\n');
    const document = await workspace.openTextDocument(page);
    const sites = workspace.getConfiguration("limn");
    await sites.update("sites", { [folder]: { served: "art" } }, ConfigurationTarget.Workspace);
    try {
      await problemsWhen(document, 1);
    } finally {
      await sites.update("sites", undefined, ConfigurationTarget.Workspace);
    }
    await problemsWhen(document, 0);
  });

  it("follows a configuration of the site that changes", async () => {
    await setSetting("weightCheck", true);
    const folder = freshFolder();
    const config = (served: string) =>
      write(`${folder}/vite.config.js`, `export default { publicDir: "${served}" };\n`);
    await config("public");
    await write(`${folder}/package.json`, "{}");
    await write(`${folder}/art/photo.png`, heavy(1200, 600));
    await write(`${folder}/no.png`, heavy(1200, 600));
    const page = await write(
      `${folder}/page.html`,
      '<img src="/photo.png" width="200"><img src="no.png" width="200">\n',
    );
    const document = await workspace.openTextDocument(page);
    await problemsWhen(document, 1);
    await config("art");
    await problemsWhen(document, 2);
  });

  it("watches the configurations of all sites that it knows", () => {
    const pattern = siteConfigGlob
      .replace("**/", "")
      .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(".", "\\.").replaceAll(",", "|")})`)
      .replaceAll("*", ".*");
    const named = siteTools.filter(({ isConfigRead }) => isConfigRead);
    const names = named.flatMap(({ configs = [], files = [] }) => [...configs.map((name) => `${name}.mjs`), ...files]);
    assert.ok(names.length > 15);
    const unknown = names.filter((name) => !new RegExp(`^(?:.*/)?${pattern}$`).test(name) && name !== ".vitepress");
    assert.deepEqual(unknown, []);
  });

  it("goes on with other documents when one cannot be checked, and reports why", async () => {
    const [failing, other] = [await openPage(), await openPage()];
    const errors: string[] = [];
    const report = (error: unknown) => errors.push(String(error));
    const check = checkWeights(report, async (document) => {
      if (document === failing.document) throw new Error("damaged");
      return oversizedLinks(document);
    });
    try {
      await problemsWhen(other.document, 1);
      assert.deepEqual([...new Set(errors)], ["Error: damaged"]);
      await replaceText(other.document, 'width="200"', 'width="600"');
      await problemsWhen(other.document, 0);
    } finally {
      check.dispose();
    }
  });

  it("offers to export a smaller image, and takes the user there", async () => {
    await setSetting("weightCheck", true);
    const { folder, document } = await openPage();
    await problemsWhen(document, 1);
    const [action, ...others] = await actionsAt(document, "./photo.png");
    assert.deepEqual(others, []);
    assert.equal(action?.title, "Export a Smaller Image…");
    assert.ok(action.command);
    const command = await runUntilInput(action.command.command, ...(action.command.arguments ?? []));
    await typeText("Other Size");
    await enter();
    await typeText("400");
    await enter();
    await enterUntilDone(command);
    const smaller = await bytesOf(uriInWorkspace(`${folder}/photo-400w.png`));
    assert.equal(formatAndSize(smaller), "png 400x200");
    assert.deepEqual(await actionsAt(document, "photo.png"), []);
  });
});
