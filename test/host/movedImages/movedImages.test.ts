import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import {
  CancellationTokenSource,
  ConfigurationTarget,
  commands,
  type FileWillRenameEvent,
  Position,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import type { FileChange } from "../../../src/host/movedImages/fileChanges.ts";
import { filesChanged, moveStarts } from "../../../src/host/movedImages/movedImages.ts";
import { pathTo } from "../../../src/host/movedImages/planUpdate.ts";
import { type OtherMoves, updateLinks } from "../../../src/host/movedImages/updateLinks.ts";
import { greyPng } from "../../support/greyPng.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, uriInWorkspace } from "../support/files.ts";
import { setSetting } from "../support/testService.ts";

async function write(path: string, content: string | Uint8Array = greyPng(8, 8, 128)): Promise<Uri> {
  const uri = uriInWorkspace(path);
  await mkdir(dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, content);
  return uri;
}

/** Moves files as the explorer does. */
async function move(...pairs: readonly (readonly [from: string, to: string])[]): Promise<void> {
  const edit = new WorkspaceEdit();
  for (const [from, to] of pairs) edit.renameFile(uriInWorkspace(from), uriInWorkspace(to));
  assert.ok(await workspace.applyEdit(edit));
}

async function remove(path: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.deleteFile(uriInWorkspace(path), { recursive: true });
  assert.ok(await workspace.applyEdit(edit));
}

const laterMoves = (moves: readonly FileChange[]): OtherMoves => ({
  later: () => moves,
  missed: [],
  wasMissed: () => false,
  mayMissDocuments: () => false,
});

/** The event before a file or folder is moved. */
const startOf = (oldUri: Uri, newUri: Uri): FileWillRenameEvent => ({
  files: [{ oldUri, newUri }],
  token: new CancellationTokenSource().token,
  waitUntil: () => undefined,
});

/** The text of a file as its editor would show it. */
const textOf = async (path: string): Promise<string> =>
  (await workspace.openTextDocument(uriInWorkspace(path))).getText();

/** Waits until the file has the text. */
async function waitForText(path: string, text: string): Promise<void> {
  await waitUntil(`${path} is ${text}, not ${await textOf(path)}`, async () => (await textOf(path)) === text);
}

/**
 * Waits until all earlier moves and deletions have been handled: they are handled in their order,
 * so this one is the last. Then no search is shown that a test could cancel by mistake.
 */
async function waitForEarlierChanges(): Promise<void> {
  const folder = freshFolder();
  await write(`${folder}/last.png`);
  await write(`${folder}/last.md`, "![](last.png)");
  await move([`${folder}/last.png`, `${folder}/handled.png`]);
  await waitForText(`${folder}/last.md`, "![](handled.png)");
}

/** Documents in which `images/hero.png` becomes `images/my hut.png`. */
const documents = [
  ["page.md", "![a](images/hero.png?raw=true 'T')\n", "![a](images/my%20hut.png?raw=true 'T')\n"],
  ["links.md", "[![a](small.png)](images/hero.png)\n", "[![a](small.png)](images/my%20hut.png)\n"],
  ["page.mdx", '<Image src="./images/hero.png" />\n', '<Image src="./images/my%20hut.png" />\n'],
  ["page.html", "<img src=images/hero.png alt=x>\n", "<img src=images/my%20hut.png alt=x>\n"],
  [
    "Page.vue",
    "<template><img src='./images/hero.png'></template>\n",
    "<template><img src='./images/my%20hut.png'></template>\n",
  ],
  ["Page.svelte", '<img src="./images/hero.png" />\n', '<img src="./images/my%20hut.png" />\n'],
  ["page.astro", '---\nimport a from "./images/hero.png";\n---\n', '---\nimport a from "./images/my hut.png";\n---\n'],
  ["page.php", '<?php echo 1 ?><img src="images/hero.png">\n', '<?php echo 1 ?><img src="images/my%20hut.png">\n'],
  ["page.hbs", '<img src="images/hero.png">\n', '<img src="images/my%20hut.png">\n'],
  ["Page.jsx", '<img src="./images/hero.png" />;\n', '<img src="./images/my%20hut.png" />;\n'],
  ["Page.tsx", '<img src="./images/hero.png" />;\n', '<img src="./images/my%20hut.png" />;\n'],
  ["page.ts", 'import a from "./images/hero.png";\n', 'import a from "./images/my hut.png";\n'],
  ["page.js", "require('./images/hero.png');\n", "require('./images/my hut.png');\n"],
  ["page.css", "a { b: url(images/hero.png) }\n", "a { b: url(images/my%20hut.png) }\n"],
  ["page.scss", "a { b: url('images/hero.png') } // x\n", "a { b: url('images/my%20hut.png') } // x\n"],
  ["page.less", "a { b: url('images/hero.png') }\n", "a { b: url('images/my%20hut.png') }\n"],
  ["page.adoc", "image::images/hero.png[x]\n", "image::images/my%20hut.png[x]\n"],
  ["page.rst", ".. image:: images/hero.png\n", ".. image:: images/my\\ hut.png\n"],
  ["page.tex", "\\includegraphics{images/hero}\n", "\\includegraphics{images/my hut}\n"],
] as const;

describe("An image that is moved", () => {
  beforeEach(() => setSetting("updateLinksOnFileMove", "always"));

  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    for (const _ of window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("keeps its links in all languages, each in its own form, also in files that are not open", async () => {
    const folder = freshFolder();
    await write(`${folder}/images/hero.png`);
    for (const [name, before] of documents) await write(`${folder}/${name}`, before);
    await write(`${folder}/images/other.md`, "hero.png is no link, and ![](other.png) is another\n");
    await move([`${folder}/images/hero.png`, `${folder}/images/my hut.png`]);
    for (const [name, , after] of documents) {
      await waitForText(`${folder}/${name}`, after);
      const { fsPath } = uriInWorkspace(`${folder}/${name}`);
      await waitUntil(`${name} is saved`, async () => (await readFile(fsPath, "utf8")) === after);
    }
    assert.match(
      await textOf(`${folder}/images/other.md`),
      /^hero.png is no link, and !\[\]\(other.png\) is another$/m,
    );
  });

  it("keeps its links in a file that a setting gives a language without image links", async () => {
    const folder = freshFolder();
    await write(`${folder}/hero.png`);
    await write(`${folder}/page.css`, "a { background: url(hero.png) }\n");
    const files = workspace.getConfiguration("files");
    await files.update("associations", { "*.css": "yaml" }, ConfigurationTarget.Global);
    try {
      await move([`${folder}/hero.png`, `${folder}/hut.png`]);
      await waitForText(`${folder}/page.css`, "a { background: url(hut.png) }\n");
    } finally {
      await files.update("associations", undefined, ConfigurationTarget.Global);
    }
  });

  it("keeps links between folders, and those from the site's root", async () => {
    const folder = freshFolder();
    await write(`${folder}/package.json`, "{}");
    await write(`${folder}/public/img/hero.png`);
    await write(`${folder}/src/Page.tsx`, '<img src="/img/hero.png" />;\n');
    await write(`${folder}/src/page.css`, "a { b: url(../public/img/hero.png) }\n");
    await move([`${folder}/public/img/hero.png`, `${folder}/public/photos/huts/hero.png`]);
    await waitForText(`${folder}/src/Page.tsx`, '<img src="/photos/huts/hero.png" />;\n');
    await waitForText(`${folder}/src/page.css`, "a { b: url(../public/photos/huts/hero.png) }\n");
  });

  it("keeps links that start with an alias of a bundler", async () => {
    const folder = freshFolder();
    await write(`${folder}/package.json`, "{}");
    await write(`${folder}/src/assets/hero.png`);
    await write(`${folder}/src/lib/hut.png`);
    await write(`${folder}/src/views/Page.vue`, "<template><img src='@/assets/hero.png'></template>\n");
    await write(`${folder}/src/views/page.ts`, 'import a from "~/assets/hero.png";\nimport b from "$lib/hut.png";\n');
    await move(
      [`${folder}/src/assets/hero.png`, `${folder}/src/assets/img/hut.png`],
      [`${folder}/src/lib/hut.png`, `${folder}/src/lib/img/hut.png`],
    );
    await waitForText(`${folder}/src/views/Page.vue`, "<template><img src='@/assets/img/hut.png'></template>\n");
    await waitForText(
      `${folder}/src/views/page.ts`,
      'import a from "~/assets/img/hut.png";\nimport b from "$lib/img/hut.png";\n',
    );
  });

  it("keeps its links when its folder moves, also those of documents in that folder", async () => {
    const folder = freshFolder();
    await write(`${folder}/docs/old/img/hero.png`);
    await write(`${folder}/hut.png`);
    await write(`${folder}/docs/old/inside.md`, "![](img/hero.png)\n");
    await write(`${folder}/docs/outside.md`, "![](old/img/hero.png) ![](../hut.png)\n");
    await move([`${folder}/docs/old`, `${folder}/new place`]);
    await waitForText(`${folder}/docs/outside.md`, "![](../new%20place/img/hero.png) ![](../hut.png)\n");
    assert.equal(await textOf(`${folder}/new place/inside.md`), "![](img/hero.png)\n");
  });

  it("keeps its links when several files swap folders at once", async () => {
    const folder = freshFolder();
    await write(`${folder}/a/one.png`);
    await write(`${folder}/b/two.png`);
    await write(`${folder}/page.md`, "![](a/one.png) ![](b/two.png)\n");
    await move([`${folder}/a/one.png`, `${folder}/b/one.png`], [`${folder}/b/two.png`, `${folder}/a/two.png`]);
    await waitForText(`${folder}/page.md`, "![](b/one.png) ![](a/two.png)\n");
  });

  it("keeps its links when only the case of its name changes", async () => {
    const folder = freshFolder();
    await write(`${folder}/Hero.PNG`);
    await write(`${folder}/page.html`, '<img src="Hero.PNG">\n');
    await move([`${folder}/Hero.PNG`, `${folder}/hero.png`]);
    await waitForText(`${folder}/page.html`, '<img src="hero.png">\n');
  });

  it("gets the new case of its name also on a disk that ignores case, where the old one leads there too", async () => {
    const folder = uriInWorkspace(freshFolder());
    const fileOf = async (path: string) => Uri.joinPath(folder, path);
    const target = Uri.joinPath(folder, "hero.png");
    assert.equal(await pathTo(target, ["Hero.PNG", "./hero.png", "hero.png"], fileOf, true), "./hero.png");
    assert.equal(await pathTo(target, ["HERO.png", "other.png"], fileOf, true), "HERO.png");
    assert.equal(await pathTo(target, ["HERO.png", "other.png"], fileOf, false), undefined);
  });

  it("keeps its links when it is renamed again before they are updated", async () => {
    const folder = freshFolder();
    const [from, to] = [uriInWorkspace(`${folder}/a.png`), uriInWorkspace(`${folder}/b.png`)];
    const last = await write(`${folder}/c.png`);
    await write(`${folder}/page.md`, "![](a.png)\n");
    await updateLinks([{ from, to }], laterMoves([{ from: to, to: last }]));
    await waitForText(`${folder}/page.md`, "![](c.png)\n");
  });

  it("keeps its links when its folder is renamed, and the image there before they are updated", async () => {
    const folder = freshFolder();
    const [from, to] = [uriInWorkspace(`${folder}/one`), uriInWorkspace(`${folder}/two`)];
    const last = await write(`${folder}/two/c.png`);
    await write(`${folder}/page.md`, "![](one/b.png)\n");
    await updateLinks([{ from, to }], laterMoves([{ from: Uri.joinPath(to, "b.png"), to: last }]));
    await waitForText(`${folder}/page.md`, "![](two/c.png)\n");
  });

  it("keeps its links when the folder of their document is renamed while documents are searched", async () => {
    const folder = freshFolder();
    const [one, two] = [uriInWorkspace(`${folder}/one`), uriInWorkspace(`${folder}/two`)];
    const image = { oldUri: Uri.joinPath(one, "a.png"), newUri: Uri.joinPath(one, "b.png") };
    // The search finds the folder at its new place, and VS Code has not yet said that it moved.
    await write(`${folder}/two/b.png`);
    await write(`${folder}/two/page.html`, "<img src=a.png>\n");
    const searched = filesChanged({ files: [image] });
    moveStarts(startOf(one, two));
    await searched;
    assert.equal(await textOf(`${folder}/two/page.html`), "<img src=a.png>\n");
    await filesChanged({ files: [{ oldUri: one, newUri: two }] });
    await waitForText(`${folder}/two/page.html`, "<img src=b.png>\n");
  });

  it("keeps its links when Undo, which VS Code does not announce, moves a document while others are updated", async () => {
    const folder = freshFolder();
    const uriOf = (path: string) => uriInWorkspace(`${folder}/${path}`);
    const files = (from: string, to: string) => ({ files: [{ oldUri: uriOf(from), newUri: uriOf(to) }] });
    await write(`${folder}/img/b.png`);
    await write(`${folder}/page.md`, "![](img/a.png)\n");
    // The search finds the document at its new place, and VS Code has not yet said that it moved.
    await write(`${folder}/moved.html`, "<img src=../../img/a.png>\n");
    let undone: Promise<void> | undefined;
    const opened = workspace.onDidOpenTextDocument(({ uri }) => {
      if (uri.path === uriOf("page.md").path) undone = filesChanged(files("one/two/page.html", "moved.html"));
    });
    await filesChanged(files("img/a.png", "img/b.png"));
    opened.dispose();
    assert.ok(undone);
    await undone;
    assert.equal(await textOf(`${folder}/page.md`), "![](img/b.png)\n");
    assert.equal(await textOf(`${folder}/moved.html`), "<img src=./img/b.png>\n");
  });

  it("is not announced by VS Code when Undo moves a document back", async () => {
    const folder = freshFolder();
    const [from, to] = [await write(`${folder}/one.md`, "Text\n"), uriInWorkspace(`${folder}/two.md`)];
    await move([`${folder}/one.md`, `${folder}/two.md`]);
    const events: string[] = [];
    const listeners = [
      workspace.onWillRenameFiles(() => events.push("will")),
      workspace.onDidRenameFiles(({ files }) => events.push(...files.map(({ newUri }) => newUri.path))),
    ];
    await window.showTextDocument(await workspace.openTextDocument(to));
    await commands.executeCommand("undo");
    await waitUntil("the move is undone", async () => events.length > 0);
    for (const listener of listeners) listener.dispose();
    assert.deepEqual(events, [from.path]);
  });

  it("keeps links that are already right when another file is renamed while documents are searched", async () => {
    const folder = freshFolder();
    const uriOf = (name: string) => uriInWorkspace(`${folder}/${name}`);
    const files = (from: string, to: string) => ({ files: [{ oldUri: uriOf(from), newUri: uriOf(to) }] });
    await write(`${folder}/2.png`);
    await write(`${folder}/3.png`);
    await write(`${folder}/page.md`, "![](1.png) ![](2.png)\n");
    await filesChanged(files("2.png", "3.png"));
    const searched = filesChanged(files("1.png", "2.png"));
    moveStarts(startOf(uriOf("notes.txt"), uriOf("text.txt")));
    await searched;
    await filesChanged(files("notes.txt", "text.txt"));
    await filesChanged(files("4.png", "5.png"));
    assert.equal(await textOf(`${folder}/page.md`), "![](2.png) ![](3.png)\n");
  });

  it("keeps its links when it, its folder and their document are renamed in quick succession", async () => {
    const folder = freshFolder();
    await write(`${folder}/one/a.png`);
    await write(`${folder}/page.md`, "![](one/a.png)\n");
    await write(`${folder}/one/page.html`, "<img src=a.png>\n");
    await move([`${folder}/one/a.png`, `${folder}/one/b.png`]);
    await move([`${folder}/one`, `${folder}/two`]);
    await move([`${folder}/two/b.png`, `${folder}/two/c.png`]);
    await move([`${folder}/two/c.png`, `${folder}/d.png`]);
    await waitForText(`${folder}/page.md`, "![](d.png)\n");
    await waitForText(`${folder}/two/page.html`, "<img src=../d.png>\n");
  });

  it("keeps its links when it gets its old name again, at once and later", async () => {
    const folder = freshFolder();
    await write(`${folder}/a.png`);
    await write(`${folder}/page.md`, "![](a.png)\n");
    await move([`${folder}/a.png`, `${folder}/b.png`]);
    await move([`${folder}/b.png`, `${folder}/a.png`]);
    await waitForEarlierChanges();
    assert.equal(await textOf(`${folder}/page.md`), "![](a.png)\n");
    await move([`${folder}/a.png`, `${folder}/b.png`]);
    await waitForText(`${folder}/page.md`, "![](b.png)\n");
    await move([`${folder}/b.png`, `${folder}/a.png`]);
    await waitForText(`${folder}/page.md`, "![](a.png)\n");
  });

  it("changes text that is not saved, leaves it unsaved, and takes one Undo", async () => {
    const folder = freshFolder();
    await write(`${folder}/hero.png`);
    const document = await workspace.openTextDocument(await write(`${folder}/page.md`, "Text\r\n"));
    await window.showTextDocument(document);
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(1, 0), "![](hero.png) ![](./hero.png)");
    await workspace.applyEdit(edit);
    await move([`${folder}/hero.png`, `${folder}/hut.png`]);
    await waitForText(`${folder}/page.md`, "Text\r\n![](hut.png) ![](./hut.png)");
    assert.ok(document.isDirty);
    await commands.executeCommand("undo");
    await waitForText(`${folder}/page.md`, "Text\r\n![](hero.png) ![](./hero.png)");
  });

  it("keeps its links in another workspace folder, and between two of them", async () => {
    const folder = freshFolder();
    await write(`${folder}/page.md`, `![](/${folder}/c.png) ![](c.png)\n`);
    const second = await mkdtemp(join(tmpdir(), "limn-moved-"));
    const inSecond = (name: string) => Uri.file(join(second, name));
    await writeFile(join(second, "a.png"), greyPng(8, 8, 128));
    await writeFile(join(second, "page.md"), "![](a.png) ![](/a.png)\n");
    await changeFolders(1, 0, Uri.file(second));
    const rename = async (from: Uri, to: Uri) => {
      const edit = new WorkspaceEdit();
      edit.renameFile(from, to);
      assert.ok(await workspace.applyEdit(edit));
    };
    try {
      await rename(inSecond("a.png"), inSecond("b.png"));
      const page = await workspace.openTextDocument(inSecond("page.md"));
      await waitUntil("the links are updated", async () => page.getText() === "![](b.png) ![](/b.png)\n");
      const moved = uriInWorkspace(`${folder}/c.png`);
      await rename(inSecond("b.png"), moved);
      const path = relative(second, moved.fsPath);
      await waitUntil("they lead to the other folder", async () => page.getText() === `![](${path}) ![](${path})\n`);
      await rename(moved, inSecond("d.png"));
      await waitUntil("they lead back", async () => page.getText() === "![](./d.png) ![](./d.png)\n");
      const back = relative(dirname(moved.fsPath), join(second, "d.png"));
      await waitForText(`${folder}/page.md`, `![](${back}) ![](${back})\n`);
    } finally {
      await changeFolders(1, 1);
      await rm(second, { recursive: true });
    }
  });

  it("leaves links of Markdown to VS Code when its own setting is on, and changes the others", async () => {
    const folder = freshFolder();
    await write(`${folder}/package.json`, "{}");
    await write(`${folder}/public/hero.png`);
    await write(`${folder}/docs/page.md`, "![](../public/hero.png)\n\n![](/hero.png)\n");
    await write(`${folder}/page.html`, '<img src="public/hero.png">\n');
    const settings = workspace.getConfiguration("markdown");
    await settings.update("updateLinksOnFileMove.enabled", "always", ConfigurationTarget.Global);
    try {
      await move([`${folder}/public/hero.png`, `${folder}/public/my hut.png`]);
      await waitForText(`${folder}/page.html`, '<img src="public/my%20hut.png">\n');
      await waitUntil("both have changed their links", async () => {
        const text = await textOf(`${folder}/docs/page.md`);
        return /^!\[\]\((?:\.\.\/public\/my%20hut\.png|<\.\.\/public\/my hut\.png>)\)\n\n!\[\]\(\/my%20hut\.png\)\n$/.test(
          text,
        );
      });
    } finally {
      await settings.update("updateLinksOnFileMove.enabled", undefined, ConfigurationTarget.Global);
    }
  });

  it("leaves files that a search leaves out, and files of tools", async () => {
    const folder = freshFolder();
    await write(`${folder}/hero.png`);
    const left = [`${folder}/node_modules/x/page.md`, `${folder}/dist/page.md`, `${folder}/archive/page.md`];
    for (const path of left) await write(path, "![](/hero.png) ![](../hero.png) ![](../../hero.png)\n");
    const search = workspace.getConfiguration("search");
    const exclude = { "**/archive": true, "{a,b}/{c,d}": true, "a,b": true };
    await search.update("exclude", exclude, ConfigurationTarget.Global);
    try {
      await move([`${folder}/hero.png`, `${folder}/hut.png`]);
      await waitForEarlierChanges();
    } finally {
      await search.update("exclude", undefined, ConfigurationTarget.Global);
    }
    for (const path of left) {
      assert.equal(await textOf(path), "![](/hero.png) ![](../hero.png) ![](../../hero.png)\n");
    }
  });

  it("leaves links to images of packages", async () => {
    const folder = freshFolder();
    await write(`${folder}/node_modules/one/a.png`);
    await write(`${folder}/page.md`, "![](node_modules/one/a.png)\n");
    await move([`${folder}/node_modules/one`, `${folder}/node_modules/two`]);
    await waitForEarlierChanges();
    assert.equal(await textOf(`${folder}/page.md`), "![](node_modules/one/a.png)\n");
  });

  it("leaves links to other files of its name, and to addresses", async () => {
    const folder = freshFolder();
    await write(`${folder}/a/hero.png`);
    await write(`${folder}/b/hero.png`);
    const text = "![](b/hero.png) ![](https://example.org/a/hero.png) ![](c/hero.png) `a/hero.png`\n";
    await write(`${folder}/page.md`, text);
    await move([`${folder}/a/hero.png`, `${folder}/a/hut.png`]);
    await waitForEarlierChanges();
    assert.equal(await textOf(`${folder}/page.md`), text);
  });

  it("keeps its links as they are with the setting “never”", async () => {
    await setSetting("updateLinksOnFileMove", "never");
    const folder = freshFolder();
    await write(`${folder}/hero.png`);
    await write(`${folder}/page.md`, "![](hero.png)\n");
    await move([`${folder}/hero.png`, `${folder}/hut.png`]);
    await setSetting("updateLinksOnFileMove", "always");
    await waitForEarlierChanges();
    assert.equal(await textOf(`${folder}/page.md`), "![](hero.png)\n");
  });

  it("shows the links that cannot name its new place", async () => {
    const folder = freshFolder();
    await write(`${folder}/hero.png`);
    await write(`${folder}/page.tex`, "Text\n\\includegraphics{hero.png}\n");
    await move([`${folder}/hero.png`, `${folder}/100%.png`]);
    await waitForEarlierChanges();
    await waitUntil("the message shows the link", async () => {
      await commands.executeCommand("notification.acceptPrimaryAction");
      const editor = window.activeTextEditor;
      return editor?.document.uri.path.endsWith("page.tex") && editor.selection.start.isEqual(new Position(1, 17));
    });
    assert.equal(await textOf(`${folder}/page.tex`), "Text\n\\includegraphics{hero.png}\n");
  });
});

describe("An image that is deleted", () => {
  // For the move that waits until earlier changes have been handled.
  beforeEach(() => setSetting("updateLinksOnFileMove", "always"));

  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  /** Presses “Show Links” when the message is there, and waits until the place is shown. */
  const waitForPlace = (path: string, line: number, character: number) =>
    waitUntil(`${path} is shown`, async () => {
      await commands.executeCommand("notification.acceptPrimaryAction");
      const editor = window.visibleTextEditors.find(({ document }) => document.uri.path.endsWith(path));
      return editor?.selection.active.isEqual(new Position(line, character));
    });

  it("leaves a message that shows its link", async () => {
    const folder = freshFolder();
    await write(`${folder}/hero.png`);
    await write(`${folder}/page.md`, "\ufeffText ![](hero.png)\r\n\r\n<b>\r\n");
    await remove(`${folder}/hero.png`);
    await waitForEarlierChanges();
    await waitForPlace(`${folder}/page.md`, 0, 9);
  });

  it("leaves a message that shows its link in another workspace folder", async () => {
    const folder = freshFolder();
    const second = await mkdtemp(join(tmpdir(), "limn-deleted-"));
    const image = await write(`${folder}/hero.png`);
    await writeFile(join(second, "page.html"), `\n<img src="${relative(second, image.fsPath)}">\n`);
    await changeFolders(1, 0, Uri.file(second));
    try {
      await remove(`${folder}/hero.png`);
      await waitForEarlierChanges();
      await waitForPlace(join(second, "page.html"), 1, 10);
    } finally {
      await changeFolders(1, 1);
      await rm(second, { recursive: true });
    }
  });

  it("leaves a message when its folder is deleted, but not for links that lead to another file now", async () => {
    const folder = freshFolder();
    await write(`${folder}/package.json`, "{}");
    await write(`${folder}/public/img/hero.png`);
    await write(`${folder}/static/img/hero.png`);
    await write(`${folder}/public/img/hut.png`);
    await write(`${folder}/public/robots.txt`, "");
    await write(`${folder}/page.html`, '<img src="/img/hero.png">\n<img src="/img/hut.png">\n');
    await remove(`${folder}/public/img`);
    await waitForEarlierChanges();
    await waitForPlace(`${folder}/page.html`, 1, 10);
  });
});
