import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CancellationTokenSource,
  commands,
  DataTransfer,
  type DataTransferFile,
  DataTransferItem,
  DocumentDropEdit,
  DocumentPasteEdit,
  type DocumentPasteEditContext,
  DocumentPasteTriggerKind,
  Position,
  Range,
  Selection,
  SnippetString,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { linkKind, pictureMimeType } from "../../../src/host/links/dropTypes.ts";
import { createLinkProvider } from "../../../src/host/links/linkDrop.ts";
import { greyPng, pngWithOrientation } from "../../support/greyPng.ts";
import { storedJob, storedRequest } from "../../support/storedJob.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { bytesOf, fileNamesIn, freshFolder, uriInWorkspace } from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";
import { offlineJobs } from "../support/offlineJobs.ts";
import { setSetting } from "../support/testService.ts";

const { jobs, ports, warnings } = offlineJobs();
const lastChoices = { read: () => ({}), update: async () => undefined };
const provider = createLinkProvider({ jobs, ports, lastChoices });

const noToken = new CancellationTokenSource().token;
const startPosition = new Position(0, 0);
const openUntitled = (language: string, content = "") => workspace.openTextDocument({ language, content });

function createTransfer(items: Readonly<Record<string, string>>): DataTransfer {
  const data = new DataTransfer();
  for (const [type, value] of Object.entries(items)) {
    data.set(type, new DataTransferItem(value));
  }
  return data;
}

const uriListTransfer = (...files: readonly Uri[]): DataTransfer =>
  createTransfer({ "text/uri-list": files.join("\r\n") });

/** Returns the text that a drop inserts; `undefined` if Limn does not handle the drop. */
async function dropAsText(
  document: TextDocument,
  data: DataTransfer,
  token = noToken,
  position = startPosition,
): Promise<string | undefined> {
  const edit = await provider.provideDocumentDropEdits(document, position, data, token);
  if (edit === undefined || edit === null) {
    return undefined;
  }
  assert.ok(edit instanceof DocumentDropEdit);
  assert.ok(edit.insertText instanceof SnippetString);
  assert.equal(edit.title, "Insert Image Link (Limn)");
  assert.ok(edit.kind && linkKind.contains(edit.kind));
  // VS Code inserts a snippet; this one has no placeholders.
  const scratch = await openUntitled("plaintext");
  const inserting = new WorkspaceEdit();
  inserting.insert(scratch.uri, startPosition, edit.insertText.value.replace(/\\([$}\\])/g, "$1"));
  assert.ok(await workspace.applyEdit(inserting));
  return scratch.getText();
}

const openWorkspaceText = async (path: string): Promise<TextDocument> =>
  workspace.openTextDocument(uriInWorkspace(path));

describe("an image file that is dropped into a document", () => {
  it("becomes a link in the document's language, with the file's dimensions", async () => {
    assert.equal(
      await dropAsText(await openWorkspaceText("index.html"), uriListTransfer(uriInWorkspace("images/hut.png"))),
      '<img src="images/hut.png" alt="hut" width="1000" height="760">',
    );
    assert.equal(
      await dropAsText(await openWorkspaceText("docs/guide.md"), uriListTransfer(uriInWorkspace("images/hut.png"))),
      "![hut](../images/hut.png)",
    );
    assert.equal(
      await dropAsText(await openWorkspaceText("css/style.css"), uriListTransfer(uriInWorkspace("images/lake.webp"))),
      'url("../images/lake.webp")',
    );
  });

  it("becomes a link in each language, also without an extension for it, and in cells of notebooks", async () => {
    const folder = freshFolder();
    await write(`${folder}/hut.png`, greyPng(30, 20, 9));
    const size = 'alt="hut" width="30" height="20"';
    const links = {
      "page.md": "![hut](hut.png)",
      "page.mdx": "![hut](hut.png)",
      "page.html": `<img src="hut.png" ${size}>`,
      "Page.vue": `<img src="hut.png" ${size}>`,
      "Page.svelte": `<img src="hut.png" ${size}>`,
      "page.astro": `<img src="hut.png" ${size}>`,
      "page.php": `<img src="hut.png" ${size}>`,
      "page.hbs": `<img src="hut.png" ${size}>`,
      "Page.jsx": `<img src="hut.png" ${size} />`,
      "Page.tsx": `<img src="hut.png" ${size} />`,
      "page.css": 'url("hut.png")',
      "page.scss": 'url("hut.png")',
      "page.less": 'url("hut.png")',
      "page.adoc": 'image::hut.png["hut"]',
      "page.rst": ".. image:: hut.png\n   :alt: hut",
      "page.tex": "\\includegraphics{hut.png}",
    };
    const dropped: Record<string, string | undefined> = {};
    for (const name of Object.keys(links)) {
      const document = await workspace.openTextDocument(await write(`${folder}/${name}`, ""));
      dropped[name] = await dropAsText(document, uriListTransfer(uriInWorkspace(`${folder}/hut.png`)));
    }
    assert.deepEqual(dropped, links);
    const cells = [{ cell_type: "markdown", metadata: {}, source: ["Text"] }];
    const notebook = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const { getCells } = await workspace.openNotebookDocument(await write(`${folder}/trip.ipynb`, notebook));
    const [cell] = getCells();
    assert.ok(cell);
    assert.equal(
      await dropAsText(cell.document, uriListTransfer(uriInWorkspace(`${folder}/hut.png`))),
      "![hut](hut.png)",
    );
  });

  it("is linked with swapped dimensions if its EXIF orientation rotates it by 90°", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/turned.png`).fsPath, pngWithOrientation(80, 60, 6));
    assert.equal(
      await dropAsText(await openWorkspaceText("index.html"), uriListTransfer(uriInWorkspace(`${folder}/turned.png`))),
      `<img src="${folder}/turned.png" alt="turned" width="60" height="80">`,
    );
  });

  it("is linked from the workspace folder in an untitled document, not from the root of the disk", async () => {
    assert.equal(
      await dropAsText(await openUntitled("html"), uriListTransfer(uriInWorkspace("images/hut.png"))),
      '<img src="images/hut.png" alt="hut" width="1000" height="760">',
    );
  });

  it("is linked from the site's root if it is in the public folder of a package", async () => {
    assert.match(
      (await dropAsText(
        await openWorkspaceText("shop/src/App.tsx"),
        uriListTransfer(uriInWorkspace("shop/public/mug.webp")),
      )) ?? "",
      /^<img src="\/mug.webp" alt="mug" width="\d+" height="\d+" \/>$/,
    );
  });

  it("is linked from the site's root if it is in the static folder of a package", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(`${folder}/static/img`).fsPath, { recursive: true });
    await mkdir(uriInWorkspace(`${folder}/src`).fsPath);
    await writeFile(uriInWorkspace(`${folder}/package.json`).fsPath, "{}");
    await writeFile(uriInWorkspace(`${folder}/src/page.html`).fsPath, "");
    await writeFile(uriInWorkspace(`${folder}/static/img/grey.png`).fsPath, greyPng(30, 20, 9));
    assert.equal(
      await dropAsText(
        await openWorkspaceText(`${folder}/src/page.html`),
        uriListTransfer(uriInWorkspace(`${folder}/static/img/grey.png`)),
      ),
      '<img src="/img/grey.png" alt="grey" width="30" height="20">',
    );
  });

  it("is linked with the element and the code that the site of the document needs", async () => {
    const folder = freshFolder();
    const page = 'import Image from "next/image";\n\nexport const Page = () => <main />;\n';
    await mkdir(uriInWorkspace(`${folder}/public`).fsPath, { recursive: true });
    await mkdir(uriInWorkspace(`${folder}/app`).fsPath);
    await writeFile(uriInWorkspace(`${folder}/next.config.js`).fsPath, 'module.exports = { basePath: "/docs" };');
    await writeFile(uriInWorkspace(`${folder}/app/page.jsx`).fsPath, page);
    const links: (string | undefined)[] = [];
    for (const path of ["public/grey.png", "app/grey.png"]) {
      const file = uriInWorkspace(`${folder}/${path}`);
      await writeFile(file.fsPath, greyPng(30, 20, 9));
      links.push(await dropAsText(await openWorkspaceText(`${folder}/app/page.jsx`), uriListTransfer(file)));
    }
    assert.deepEqual(links, [
      '<Image src="/docs/grey.png" alt="grey" width="30" height="20" />',
      '<img src={require("./grey.png").default.src} alt="grey" width="30" height="20" />',
    ]);
  });

  it("is linked with the component of the setting, whose import belongs to the same edit", async () => {
    const folder = freshFolder();
    await setSetting("sites", { [folder]: { component: "next/image" } });
    await mkdir(uriInWorkspace(`${folder}/public`).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/package.json`).fsPath, "{}");
    await writeFile(uriInWorkspace(`${folder}/page.tsx`).fsPath, "export const a = 1;\n\n");
    const file = uriInWorkspace(`${folder}/public/grey.png`);
    await writeFile(file.fsPath, greyPng(30, 20, 9));
    const document = await openWorkspaceText(`${folder}/page.tsx`);
    const edit = await provider.provideDocumentDropEdits(document, new Position(1, 0), uriListTransfer(file), noToken);
    assert.ok(edit instanceof DocumentDropEdit && edit.insertText instanceof SnippetString);
    assert.equal(edit.insertText.value, '<Image src="/grey.png" alt="grey" width="30" height="20" />');
    const added = edit.additionalEdit?.get(document.uri).map(({ newText, range }) => [newText, range.start.line]);
    assert.deepEqual(added, [['import Image from "next/image";\n\n', 0]]);
  });

  it("is linked relative to a page about the project, which is not part of the site", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(`${folder}/public`).fsPath, { recursive: true });
    for (const name of ["package.json", "README.md", "index.md"]) {
      await writeFile(uriInWorkspace(`${folder}/${name}`).fsPath, "{}");
    }
    await writeFile(uriInWorkspace(`${folder}/public/grey.png`).fsPath, greyPng(30, 20, 9));
    const dropInto = async (name: string) =>
      dropAsText(
        await openWorkspaceText(`${folder}/${name}`),
        uriListTransfer(uriInWorkspace(`${folder}/public/grey.png`)),
      );
    assert.deepEqual(
      [await dropInto("README.md"), await dropInto("index.md")],
      ["![grey](public/grey.png)", "![grey](/grey.png)"],
    );
  });

  it("is linked from the folder that an AsciiDoc document names for its images", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(`${folder}/images`).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/images/grey.png`).fsPath, greyPng(30, 20, 9));
    const dropInto = async (name: string, text: string, file: string) => {
      await writeFile(uriInWorkspace(`${folder}/${name}`).fsPath, text);
      const document = await workspace.openTextDocument(uriInWorkspace(`${folder}/${name}`));
      // VS Code knows the language only with an extension for it.
      const asciidoc: TextDocument = Object.create(document, { languageId: { value: "asciidoc" } });
      return dropAsText(asciidoc, uriListTransfer(uriInWorkspace(file)), noToken, new Position(1, 0));
    };
    const image = `${folder}/images/grey.png`;
    assert.equal(await dropInto("a.adoc", ":imagesdir: images\n\n", image), 'image::grey.png["grey"]');
    assert.equal(await dropInto("b.adoc", "= Title\n\n", image), 'image::images/grey.png["grey"]');
    assert.match(
      (await dropInto("c.adoc", ":imagesdir: images\n\n", "images/hut.png")) ?? "",
      /^image::(\.\.\/){3}images\/hut\.png\["hut"\]$/,
    );
  });

  it("is a block between blank lines in the middle of a reStructuredText paragraph", async () => {
    const document = await openUntitled("restructuredtext", "See the hut.");
    assert.equal(
      await dropAsText(document, uriListTransfer(uriInWorkspace("images/hut.png")), noToken, new Position(0, 4)),
      "\n\n.. image:: images/hut.png\n   :alt: hut\n\n",
    );
  });

  it("is left out of a LaTeX document that its name would break, and Limn explains why", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/100%.png`).fsPath, greyPng(3, 2, 9));
    const document = await openUntitled("latex");
    assert.equal(await dropAsText(document, uriListTransfer(uriInWorkspace(`${folder}/100%.png`))), undefined);
    assert.ok(warnings.some((line) => /LaTeX cannot include .*100%\.png, because its path contains “%”/.test(line)));
  });

  it("becomes one of several links in order if others are dropped with it", async () => {
    assert.equal(
      await dropAsText(
        await openWorkspaceText("docs/guide.md"),
        uriListTransfer(uriInWorkspace("images/phone-photo.jpg"), uriInWorkspace("images/hut.png")),
      ),
      "![phone photo](../images/phone-photo.jpg)\n![hut](../images/hut.png)",
    );
  });

  it("keeps dollar signs and braces in its name, which are special in snippets", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/a \${1:b} $2.png`).fsPath, greyPng(3, 2, 9));
    const text = await dropAsText(
      await openWorkspaceText("index.html"),
      uriListTransfer(uriInWorkspace(`${folder}/a \${1:b} $2.png`)),
    );
    assert.equal(
      text,
      `<img src="${folder}/a%20%24%7B1%3Ab%7D%20%242.png" alt="a $&#123;1:b&#125; $2" width="3" height="2">`,
    );
  });

  it("is left to VS Code if it is not a picture, is missing, or comes with other files", async () => {
    const page = await openWorkspaceText("index.html");
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/fake.png`).fsPath, "not a picture");
    assert.equal(await dropAsText(page, uriListTransfer(uriInWorkspace(`${folder}/fake.png`))), undefined);
    assert.equal(await dropAsText(page, uriListTransfer(uriInWorkspace("css/style.css"))), undefined);
    assert.equal(
      await dropAsText(page, uriListTransfer(uriInWorkspace("images/hut.png"), uriInWorkspace("css/style.css"))),
      undefined,
    );
    assert.equal(await dropAsText(page, uriListTransfer(uriInWorkspace("images/gone.png"))), undefined);
    assert.equal(await dropAsText(page, createTransfer({ "text/uri-list": "https://example.com/a.png" })), undefined);
    assert.equal(await dropAsText(page, createTransfer({ "text/plain": "images/hut.png" })), undefined);
    assert.ok(
      warnings.some((text) => text.includes("gone.png")),
      warnings.join("\n"),
    );
  });

  it("is not linked if VS Code cancels the drop", async () => {
    const cancellation = new CancellationTokenSource();
    cancellation.cancel();
    assert.equal(
      await dropAsText(
        await openWorkspaceText("index.html"),
        uriListTransfer(uriInWorkspace("images/hut.png")),
        cancellation.token,
      ),
      undefined,
    );
  });

  it("becomes the same link if it is pasted", async () => {
    const context: DocumentPasteEditContext = { only: undefined, triggerKind: DocumentPasteTriggerKind.Automatic };
    const page = await openWorkspaceText("index.html");
    const edits = await provider.provideDocumentPasteEdits?.(
      page,
      [new Range(startPosition, startPosition)],
      uriListTransfer(uriInWorkspace("images/hut.png")),
      context,
      noToken,
    );
    const [edit] = edits ?? [];
    assert.ok(edit instanceof DocumentPasteEdit && edit.insertText instanceof SnippetString);
    assert.equal(edit.insertText.value, '<img src="images/hut.png" alt="hut" width="1000" height="760">');
  });
});

/** An item of the clipboard with the bytes of a file. */
class FileItem extends DataTransferItem {
  readonly #file: DataTransferFile;

  constructor(name: string, bytes: Uint8Array) {
    super("");
    this.#file = { name, data: async () => bytes };
  }

  override asFile(): DataTransferFile {
    return this.#file;
  }
}

describe("an image that is pasted", () => {
  const context: DocumentPasteEditContext = { only: undefined, triggerKind: DocumentPasteTriggerKind.Automatic };

  afterEach(() => commands.executeCommand("workbench.action.closeAllEditors"));

  /**
   * Pastes at the end of the document, and returns what it inserted, as a snippet. `undefined` if
   * Limn does not handle the paste.
   */
  async function paste(document: TextDocument, data: DataTransfer): Promise<string | undefined> {
    const { end } = document.lineAt(document.lineCount - 1).range;
    const edits = await provider.provideDocumentPasteEdits(document, [new Range(end, end)], data, context, noToken);
    const [edit] = edits ?? [];
    if (edit === undefined) {
      return undefined;
    }
    assert.ok(edit.additionalEdit && edit.insertText instanceof SnippetString);
    // The link comes after its file, so that an Undo takes back both.
    assert.equal(edit.insertText.value, "");
    const editor = await window.showTextDocument(document);
    assert.ok(await workspace.applyEdit(edit.additionalEdit));
    const text = (start: Position, finish: Position) => document.getText(new Range(start, finish));
    const { selection } = editor;
    const last = document.lineAt(document.lineCount - 1).range.end;
    const alt = selection.isEmpty ? "" : `\${1:${text(selection.start, selection.end)}}`;
    const inserted = text(end, selection.start) + alt + text(selection.end, last);
    await commands.executeCommand("workbench.action.files.revert");
    return inserted;
  }

  const imageTransfer = (name: string, bytes: Uint8Array) => {
    const data = new DataTransfer();
    data.set("image/png", new FileItem(name, bytes));
    return data;
  };

  async function openPage(path: string, text: string): Promise<TextDocument> {
    const uri = uriInWorkspace(path);
    await mkdir(join(uri.fsPath, ".."), { recursive: true });
    await writeFile(uri.fsPath, text);
    return workspace.openTextDocument(uri);
  }

  it("is saved where the project keeps its images, named after the heading, with the alt text to be typed over", async () => {
    const folder = freshFolder();
    await openPage(`${folder}/package.json`, "{}");
    await mkdir(uriInWorkspace(`${folder}/public`).fsPath);
    const page = await openPage(`${folder}/page.tsx`, "<h1>Guide</h1>\n<h2>The red hut</h2>\n");
    const bytes = greyPng(80, 60, 9);
    const link = (path: string) => `<img src="${path}" alt="\${1:The red hut}" width="80" height="60" />`;
    assert.equal(await paste(page, imageTransfer("image.png", bytes)), link("/the-red-hut.png"));
    assert.ok(Buffer.from(await bytesOf(uriInWorkspace(`${folder}/public/the-red-hut.png`))).equals(bytes));
    // Nothing is overwritten.
    assert.equal(await paste(page, imageTransfer("image.png", bytes)), link("/the-red-hut-2.png"));
  });

  it("has its alt text replaced by what is typed next, and one Undo after that takes back link and file", async () => {
    const folder = freshFolder();
    const page = await openPage(`${folder}/page.md`, "# The red hut\n\n");
    const end = new Position(2, 0);
    const data = imageTransfer("image.png", greyPng(80, 60, 9));
    const [edit] =
      (await provider.provideDocumentPasteEdits(page, [new Range(end, end)], data, context, noToken)) ?? [];
    assert.ok(edit?.additionalEdit);
    await window.showTextDocument(page);
    assert.ok(await workspace.applyEdit(edit.additionalEdit));
    const [, path = ""] = /\]\((.*)\)/.exec(page.getText()) ?? [];
    const file = Uri.joinPath(page.uri, "..", path);
    await commands.executeCommand("type", { text: "Hut" });
    assert.equal(page.getText(), `# The red hut\n\n![Hut](${path})`);
    await bytesOf(file);
    await commands.executeCommand("undo");
    await commands.executeCommand("undo");
    assert.equal(page.getText(), "# The red hut\n\n");
    await assert.rejects(bytesOf(file));
    await commands.executeCommand("workbench.action.files.revert");
  });

  it("is linked at each of two cursors on one blank line, whose indentation stays", async () => {
    const folder = freshFolder();
    await write(`${folder}/hut.png`, greyPng(30, 20, 9));
    const page = await openPage(`${folder}/page.html`, "<main>\n    \n</main>\n");
    const editor = await window.showTextDocument(page);
    const cursors = [new Range(1, 0, 1, 0), new Range(1, 4, 1, 4)];
    editor.selections = cursors.map(({ start, end }) => new Selection(start, end));
    const files = uriListTransfer(uriInWorkspace(`${folder}/hut.png`));
    const [edit] = (await provider.provideDocumentPasteEdits(page, cursors, files, context, noToken)) ?? [];
    assert.ok(edit?.insertText instanceof SnippetString);
    if (edit.additionalEdit !== undefined) assert.ok(await workspace.applyEdit(edit.additionalEdit));
    if (edit.insertText.value !== "") await editor.insertSnippet(edit.insertText, cursors);
    const link = '<img src="hut.png" alt="hut" width="30" height="20">';
    assert.equal(page.getText(), `<main>\n${link}    ${link}\n</main>\n`);
    await commands.executeCommand("workbench.action.files.revert");
  });

  it("keeps the name of its file, or else has that of the document", async () => {
    const folder = freshFolder();
    const page = await openPage(`${folder}/my-trip.md`, "Text\n");
    const id = randomUUID().slice(0, 8);
    const named = await paste(page, imageTransfer(`Photo_${id}.PNG`, greyPng(80, 60, 9)));
    assert.equal(named, `![\${1:Photo ${id}}](../../images/photo-${id}.png)`);
    const unnamed = await paste(page, imageTransfer("image.png", greyPng(80, 60, 9)));
    assert.match(unnamed ?? "", /^!\[\$\{1:my trip\}\]\(\.\.\/\.\.\/images\/my-trip(-\d+)?\.png\)$/);
  });

  it("is linked at each cursor as the line there needs it, with the line breaks of Windows", async () => {
    const folder = freshFolder();
    await write(`${folder}/hut.png`, greyPng(30, 20, 9));
    const page = await openPage(`${folder}/page.rst`, "See the hut.\r\n\r\n");
    await window.showTextDocument(page);
    const cursors = [new Position(0, 4), new Position(2, 0)].map((at) => new Range(at, at));
    const files = uriListTransfer(uriInWorkspace(`${folder}/hut.png`));
    const [edit] = (await provider.provideDocumentPasteEdits(page, cursors, files, context, noToken)) ?? [];
    assert.ok(edit?.additionalEdit && edit.insertText instanceof SnippetString);
    // VS Code inserts this text at each cursor.
    assert.equal(edit.insertText.value, "");
    assert.ok(await workspace.applyEdit(edit.additionalEdit));
    const block = ".. image:: hut.png\r\n   :alt: hut";
    assert.equal(page.getText(), `See \r\n\r\n${block}\r\n\r\nthe hut.\r\n\r\n${block}`);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("is inserted by VS Code if all cursors need the same text, with one import for all", async () => {
    const folder = freshFolder();
    await setSetting("sites", { [folder]: { component: "next/image" } });
    await mkdir(uriInWorkspace(`${folder}/public`).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/package.json`).fsPath, "{}");
    await write(`${folder}/public/grey.png`, greyPng(30, 20, 9));
    const page = await openPage(`${folder}/page.tsx`, "export const a = 1;\r\n\r\n\r\n");
    const cursors = [new Range(1, 0, 1, 0), new Range(2, 0, 2, 0)];
    const files = uriListTransfer(uriInWorkspace(`${folder}/public/grey.png`));
    const [edit] = (await provider.provideDocumentPasteEdits(page, cursors, files, context, noToken)) ?? [];
    assert.ok(edit?.insertText instanceof SnippetString);
    assert.equal(edit.insertText.value, '<Image src="/grey.png" alt="grey" width="30" height="20" />');
    const added = edit.additionalEdit?.get(page.uri).map(({ newText }) => newText);
    assert.deepEqual(added, ['import Image from "next/image";\r\n\r\n']);
  });

  it("is saved in the workspace folder of its document", async () => {
    const second = await mkdtemp(join(tmpdir(), "limn-second-"));
    await writeFile(join(second, "page.html"), "<h1>The lake</h1>\r\n");
    await changeFolders(1, 0, Uri.file(second));
    try {
      const page = await workspace.openTextDocument(Uri.file(join(second, "page.html")));
      const link = await paste(page, imageTransfer("image.png", greyPng(80, 60, 9)));
      assert.match(link ?? "", /^<img src="images\/the-lake\.png" alt="\$\{1:The lake\}"/);
      assert.deepEqual(await readdir(join(second, "images")), ["the-lake.png"]);
    } finally {
      await changeFolders(1, 1);
      await rm(second, { recursive: true });
    }
  });

  it("gets a name that every system accepts", async () => {
    const page = await openPage(`${freshFolder()}/page.html`, "\n");
    const link = await paste(page, imageTransfer("CON.png", greyPng(80, 60, 9)));
    assert.match(link ?? "", /^<img src="\.\.\/\.\.\/images\/_con(-\d+)?\.png"/);
  });

  it("is left to VS Code if it is not a whole picture, and Limn explains why", async () => {
    const page = await openPage(`${freshFolder()}/page.html`, "\n");
    assert.equal(await paste(page, imageTransfer("image.png", greyPng(80, 60, 9).subarray(0, 60))), undefined);
    assert.equal(await paste(page, createTransfer({ "image/png": "text" })), undefined);
  });

  it("is copied into the project if it is a file outside the workspace", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    try {
      const id = randomUUID().slice(0, 8);
      await writeFile(join(outside, `owl_${id}.png`), greyPng(80, 60, 9));
      const page = await openPage(`${freshFolder()}/page.html`, "\n");
      const link = await paste(page, uriListTransfer(Uri.file(join(outside, `owl_${id}.png`))));
      assert.equal(link, `<img src="../../images/owl-${id}.png" alt="owl ${id}" width="80" height="60">`);
      assert.ok(await bytesOf(uriInWorkspace(`images/owl-${id}.png`)));
    } finally {
      await rm(outside, { recursive: true });
    }
  });
});

describe("a picture of Limn that is dropped into a document", () => {
  const [taskUUID, imageUUID] = [randomUUID(), randomUUID()];
  const folder = freshFolder();
  const job = storedJob({
    taskUUID,
    createdAt: Date.now(),
    request: { ...storedRequest, prompt: "A fox {in} the snow. Wide shot." },
    target: { folder: uriInWorkspace(folder).toString(), name: "fox", keep: "ask" },
    pictures: [{ id: imageUUID, imageUUID, kept: [], file: `${imageUUID}.png`, width: 20, height: 10, format: "PNG" }],
  });
  const drag = createTransfer({ [pictureMimeType]: JSON.stringify({ job: taskUUID, picture: imageUUID }) });
  const link = `<img src="${folder}/fox.png" alt="A fox &#123;in&#125; the snow" width="20" height="10">`;

  before(async () => {
    await ports.vault.write([greyPng(20, 10, 77)], () => `${imageUUID}.png`);
    await jobs.journal.create(job);
  });

  after(() => jobs.journal.remove(taskUUID));

  it("is kept under its job's file name and linked with words of its prompt, from the panel", async () => {
    assert.equal(await dropAsText(await openWorkspaceText("index.html"), drag), link);
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    assert.deepEqual(Buffer.from(await bytesOf(uriInWorkspace(`${folder}/fox.png`))), greyPng(20, 10, 77));
  });

  it("is kept once, even if it is dropped again", async () => {
    assert.equal(await dropAsText(await openWorkspaceText("index.html"), drag), link);
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
  });

  it("is linked with words of its prompt from the Explorer as well", async () => {
    assert.equal(
      await dropAsText(await openWorkspaceText("index.html"), uriListTransfer(uriInWorkspace(`${folder}/fox.png`))),
      link,
    );
  });

  it("is recognized by its file in the Explorer, in any spelling of its URI", async () => {
    const name = "hero (dark)!.png";
    await writeFile(uriInWorkspace(`${folder}/${name}`).fsPath, greyPng(20, 10, 77));
    // The spelling of an earlier version of Limn.
    const kept = `${uriInWorkspace(folder)}/${encodeURIComponent(name)}`;
    await jobs.journal.update(taskUUID, (known) => ({
      ...known,
      pictures: known.pictures.map((picture) => ({ ...picture, kept: [kept] })),
    }));
    const text = await dropAsText(
      await openWorkspaceText("index.html"),
      uriListTransfer(uriInWorkspace(`${folder}/${name}`)),
    );
    assert.match(text ?? "", /alt="A fox &#123;in&#125; the snow" width="20" height="10">$/);
  });

  it("is not linked if the page names an unknown job or picture", async () => {
    const page = await openWorkspaceText("index.html");
    for (const text of [
      "",
      "{}",
      JSON.stringify({ job: taskUUID, picture: "other" }),
      JSON.stringify({ job: "x", picture: imageUUID }),
    ]) {
      assert.equal(await dropAsText(page, createTransfer({ [pictureMimeType]: text })), undefined, text);
    }
  });

  it("is linked without dimensions if Limn cannot read its format", async () => {
    const file = uriInWorkspace(`${folder}/fox.gif`);
    await writeFile(file.fsPath, "GIF89a");
    await jobs.journal.update(taskUUID, (known) => ({
      ...known,
      pictures: [{ id: imageUUID, imageUUID, kept: [file.toString()], file: `${imageUUID}.png`, otherFormat: "GIF" }],
    }));
    assert.equal(
      await dropAsText(await openWorkspaceText("index.html"), drag),
      `<img src="${folder}/fox.gif" alt="A fox &#123;in&#125; the snow">`,
    );
    // The kept file is no longer a picture, so it gets no link.
    await jobs.journal.update(taskUUID, (known) => ({
      ...known,
      pictures: [{ ...job.pictures[0], id: imageUUID, kept: [file.toString()] }],
    }));
    assert.equal(await dropAsText(await openWorkspaceText("index.html"), drag), undefined);
  });

  it("is not kept if the folder of its job is missing or not open", async () => {
    const closed = await mkdtemp(join(tmpdir(), "limn-closed-"));
    for (const folder of [Uri.file(closed).toString(), ""]) {
      await jobs.journal.update(taskUUID, (known) => ({
        ...known,
        target: { ...known.target, folder },
        pictures: known.pictures.map((picture) => ({ ...picture, kept: [] })),
      }));
      warnings.length = 0;
      assert.equal(await dropAsText(await openWorkspaceText("index.html"), drag), undefined);
      assert.match(warnings.join("\n"), /The folder that this picture is for is not open\. Use “Keep” in the panel/);
    }
    assert.deepEqual(await readdir(closed), []);
    await rm(closed, { recursive: true });
  });
});
