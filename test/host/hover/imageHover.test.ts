import assert from "node:assert/strict";
import { symlink, writeFile } from "node:fs/promises";
import { commands, type TextDocument, Uri, workspace } from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { fastOptions, generate, waitUntil } from "../support/commands.ts";
import { freshFolder, uriInWorkspace } from "../support/files.ts";
import { commandNames, commandsOf, hoverAt, hoversAt, isOwn, markupOf } from "../support/hovers.ts";
import { imageDocuments, write } from "../support/imageDocuments.ts";
import { freshPrompt, snapshot } from "../support/panel.ts";

const valueAt = async (document: TextDocument, text: string) => (await hoverAt(document, text))?.value;

const open = async (path: string, text: string) => workspace.openTextDocument(await write(path, text));

/** The file that VS Code makes of an argument of a link. */
function fileOf(argument: unknown): Uri {
  assert.ok(typeof argument === "object" && argument !== null && "path" in argument);
  assert.ok(typeof argument.path === "string");
  return Uri.file(argument.path);
}

describe("The hover of an image link", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.closeAllEditors");
    await commands.executeCommand("workbench.view.explorer");
  });

  for (const [name, text] of imageDocuments) {
    it(`shows the image of ${name}, or that it does not exist`, async () => {
      const folder = freshFolder();
      const document = await open(`${folder}/${name}`, text);
      const missing = await hoverAt(document, "hero.png");
      assert.match(missing?.value ?? "", /hero\\\.png does not exist/);
      assert.deepEqual(missing?.isTrusted, { enabledCommands: ["limn.generateMissingImage", "limn.makeDraft"] });

      const image = await write(`${folder}/images/hero.png`, greyPng(640, 160, 128));
      const hover = await hoverAt(document, "hero.png");
      assert.match(hover?.value ?? "", /^640 × 160 · 1 kB · PNG$/m);
      // VS Code shows a picture itself at a path in Markdown.
      const shown = markupOf(hover?.value ?? "", /^Image$/);
      assert.deepEqual(shown, name === "page.md" ? [] : [`${image.toString()}|width=240,height=60`]);
      assert.deepEqual(commandNames(hover), ["limn.edit", "limn.exportImage"]);
    });
  }

  it("warns of an image that is far larger than its link shows it, and says what is enough", async () => {
    const folder = freshFolder();
    // Its bytes behind the pixels make it as heavy as a photo.
    const heavy = Buffer.concat([greyPng(1200, 600, 128), Buffer.alloc(200_000)]);
    await write(`${folder}/photo.png`, heavy);
    const large = '<img src="photo.png" width="600" height="300" alt="fits">';
    const document = await open(`${folder}/page.html`, `${large}\n<img src="./photo.png" width="200" alt="small">\n`);
    const sentence =
      /photo\\\.png is far larger than its use: it is shown 200 px wide, so 400 px are enough, with about \d+ kB less/;
    assert.match((await valueAt(document, "./photo.png")) ?? "", sentence);
    assert.doesNotMatch((await valueAt(document, "photo.png")) ?? "", /larger|wider/);
  });

  it("shows one picture in Markdown, Limn's or that of VS Code", async () => {
    const folder = freshFolder();
    await write(`${folder}/hut.png`, greyPng(64, 48, 128));
    await write(`${folder}/front.png`, greyPng(64, 48, 128));
    const text = [
      "---\ncover: front.png\n---",
      "![alt text](hut.png)",
      "![by reference][hut]",
      '<img alt="element" src="./hut.png">',
      "![escaped](<./hut.png>)",
      `[hut]: ../${folder.split("/").at(-1)}/hut.png`,
    ];
    const document = await open(`${folder}/page.md`, text.join("\n\n"));
    const pictures = async (at: string) => {
      const hovers = await hoversAt(document, at);
      assert.equal(hovers.filter(isOwn).length, 1, at);
      return hovers.flatMap(({ value }) => markupOf(value, /^Image$/)).length;
    };
    await waitUntil("VS Code's extension for Markdown has started", async () =>
      (await hoversAt(document, "hut.png)")).some((hover) => !isOwn(hover)),
    );
    for (const at of ["front.png", "alt text", "hut.png)", "by reference", './hut.png"', "./hut.png>", "/hut.png"]) {
      assert.equal(await pictures(at), 1, at);
    }
  });

  it("is there in the Markdown cells of a notebook, with one picture", async () => {
    const folder = freshFolder();
    await write(`${folder}/hut.png`, greyPng(64, 48, 128));
    const source = ["![A hut](hut.png)\n", "![A fox](images/fox.png)"];
    const book = {
      cells: [{ cell_type: "markdown", metadata: {}, source }],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    const notebook = await workspace.openNotebookDocument(await write(`${folder}/book.ipynb`, JSON.stringify(book)));
    const { document } = notebook.cellAt(0);
    const hover = await hoverAt(document, "hut.png");
    assert.match(hover?.value ?? "", /^64 × 48 · 1 kB · PNG$/m);
    assert.deepEqual(commandNames(hover), ["limn.edit", "limn.exportImage"]);
    const pictures = (await hoversAt(document, "hut.png")).flatMap(({ value }) => markupOf(value, /^Image$/));
    assert.equal(pictures.length, 1);
    const missing = await hoverAt(document, "fox.png");
    assert.ok(missing?.value.includes("images\\/fox\\.png does not exist"), missing?.value);
    assert.deepEqual(commandNames(missing), ["limn.generateMissingImage", "limn.makeDraft"]);
  });

  it("opens the panel with the request for a missing image", async () => {
    const folder = freshFolder();
    const alt = "A ](command:workbench.action.quit) (red) $(hut) ‘hut’";
    const document = await open(
      `${folder}/page.html`,
      `<img src="a(1)/hut.png" alt="${alt}" width="1024" height="1024">`,
    );
    const [link, ...more] = commandsOf(await hoverAt(document, "hut.png"));
    assert.deepEqual(
      more.map(({ command }) => command),
      ["limn.makeDraft"],
    );
    assert.equal(link?.command, "limn.generateMissingImage");
    const jobs = (await snapshot()).jobs.length;
    await commands.executeCommand(link.command, ...link.arguments);
    const draft = await waitUntil("the panel has the request", async () => {
      const { draftUpdate } = await snapshot();
      return draftUpdate?.draft.prompt === alt ? draftUpdate.draft : undefined;
    });
    assert.equal(draft.path, `${folder}/a(1)/hut.png`);
    assert.equal((await snapshot()).jobs.length, jobs);
  });

  it("says that a file is damaged or not an image, and offers nothing for it", async () => {
    const folder = freshFolder();
    const files = ["text.png", "empty.png", "half.png", "folder.png"];
    const document = await open(`${folder}/page.css`, files.map((file) => `a { background: url(${file}) }`).join("\n"));
    await write(`${folder}/text.png`, "<svg>");
    await write(`${folder}/empty.png`, "");
    await write(`${folder}/half.png`, greyPng(64, 48, 128).subarray(0, 12));
    await write(`${folder}/folder.png/a.txt`, "");
    for (const file of files.slice(0, 3)) {
      const hover = await hoverAt(document, file);
      assert.match(hover?.value ?? "", /is damaged, or not an image/, file);
      assert.deepEqual(markupOf(hover?.value ?? ""), [], file);
    }
    assert.equal(await hoverAt(document, "folder.png"), undefined);
  });

  it("shows formats that Limn cannot open, without its commands", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="4000"><script>alert(1)</script></svg>';
    const folder = freshFolder();
    const document = await open(`${folder}/page.css`, "a { background: url(tall.svg) } b { background: url(no.svg) }");
    const file = await write(`${folder}/tall.svg`, svg);
    const hover = await hoverAt(document, "tall.svg");
    assert.match(hover?.value ?? "", /^20 × 4000 · 1 kB · SVG$/m);
    assert.deepEqual(markupOf(hover?.value ?? ""), [`${file.toString()}|width=1,height=112`]);
    const missing = await hoverAt(document, "no.svg");
    assert.match(missing?.value ?? "", /no\\\.svg does not exist/);
    assert.deepEqual(commandNames(missing), []);
  });

  it("is silent at addresses, code, other places, and files outside the workspace", async () => {
    const folder = freshFolder();
    const outside = "../../../../../../../etc/hostname";
    await write(`${folder}/hut.png`, greyPng(64, 48, 128));
    await symlink("/etc/hostname", uriInWorkspace(`${folder}/link.png`).fsPath);
    const paths = ["https://example.org/a.png", "//example.org/a.png", "data:image/png;base64,a.png", "{hero}.png"];
    const text = [...paths, outside, "/etc/hostname", "link.png"].map((path, index) => `![link ${index};](${path})`);
    const document = await open(`${folder}/page.md`, [...text, "No link to hut.png here."].join("\n"));
    for (const index of [0, 1, 2, 3, 4, 6]) {
      assert.equal(await hoverAt(document, `link ${index};`), undefined, text[index]);
    }
    assert.match((await valueAt(document, "link 5;")) ?? "", /etc\\\/hostname does not exist/);
    assert.equal(await hoverAt(document, "hut.png here"), undefined);
    assert.equal(await hoverAt(document, "No link"), undefined);
  });

  it("shows hostile names as plain text", async () => {
    const folder = freshFolder();
    const name = "a](command:workbench.action.quit)$(zap)*x*\u202Egnp.png";
    const document = await open(`${folder}/page.tex`, `\\includegraphics{${name}}\n`);
    const missing = await hoverAt(document, "gnp.png");
    assert.deepEqual(commandNames(missing), ["limn.generateMissingImage", "limn.makeDraft"]);
    assert.deepEqual(missing?.isTrusted, { enabledCommands: ["limn.generateMissingImage", "limn.makeDraft"] });
    const [warning = ""] = missing?.value.split("\n\n") ?? [];
    assert.deepEqual(markupOf(warning), []);
    assert.doesNotMatch(warning, /\$\(zap|\$\\\(|\u202E/);
    await write(`${folder}/${name}`, greyPng(64, 48, 128));
    const hover = await hoverAt(document, "gnp.png");
    assert.deepEqual(markupOf(hover?.value ?? "", /^HTMLTag$/), []);
    assert.equal(markupOf(hover?.value ?? "", /^Image$/).length, 1);
    assert.deepEqual(commandNames(hover), ["limn.edit", "limn.exportImage"]);
  });

  it("shows prompt, day and cost of a picture that Limn made, and reuses its settings", async () => {
    const folder = freshFolder();
    const prompt = `${freshPrompt()} ](command:limn.showLog) <img src=x> $(zap) ${"and more ".repeat(50)}`;
    await generate({ ...fastOptions, prompt, path: `${folder}/fox.png` });
    const document = await open(`${folder}/page.html`, '<img src="fox.png" alt="A fox">');
    const hover = await hoverAt(document, "fox.png");
    assert.ok(hover);
    const day = new Date().toLocaleDateString("en", { dateStyle: "medium" }).replace(",", "\\,");
    assert.ok(hover.value.includes(`Made with Limn · ${day} · &#36;0\\.028\n`), hover.value);
    const [quoted = ""] = hover.value.split("\n\n")[2]?.split("  \n") ?? [];
    assert.match(quoted, /^“A red fox.*…”$/);
    assert.deepEqual(markupOf(quoted), []);
    assert.deepEqual(commandNames(hover), ["limn.edit", "limn.exportImage", "limn.reuseSettings"]);
    assert.equal(fileOf(commandsOf(hover)[0]?.arguments[0]).path, uriInWorkspace(`${folder}/fox.png`).path);

    const [, , reuse] = commandsOf(hover);
    assert.ok(reuse);
    await commands.executeCommand(reuse.command, ...reuse.arguments);
    const draft = await waitUntil("the panel has the request", async () => {
      const { draftUpdate } = await snapshot();
      return draftUpdate?.draft.prompt === prompt.trim() ? draftUpdate.draft : undefined;
    });
    assert.deepEqual(draft.shape, { width: 1024, height: 1024 });

    await writeFile(uriInWorkspace(`${folder}/fox.png`).fsPath, greyPng(64, 48, 128));
    assert.match((await valueAt(document, "fox.png")) ?? "", /0\\\.028 · changed since$/m);
  });
});
