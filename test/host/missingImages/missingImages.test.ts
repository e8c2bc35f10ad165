import assert from "node:assert/strict";
import { utimes } from "node:fs/promises";
import { ConfigurationTarget, commands, Range, WorkspaceEdit, workspace } from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, uriInWorkspace } from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";
import { actionsAt, actionsIn, titlesAt, titlesOf } from "../support/lightBulb.ts";
import { snapshot } from "../support/panel.ts";

describe("The light bulb", () => {
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await commands.executeCommand("workbench.view.explorer");
  });

  it("opens the panel with prompt, path, format and nearest size of the link, and buys nothing", async () => {
    const folder = freshFolder();
    const text = '<img src="images/my%20hero.webp" alt="A &quot;red&quot; hut" width="1200" height="675">\n';
    const document = await workspace.openTextDocument(await write(`${folder}/page.html`, text));
    const jobs = (await snapshot()).jobs.length;
    const [action] = await actionsAt(document, "hero");
    assert.ok(action?.command);
    await commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    const draft = await waitUntil("the panel has the request", async () => {
      const { draftUpdate } = await snapshot();
      return draftUpdate?.draft.prompt === 'A "red" hut' ? draftUpdate.draft : undefined;
    });
    assert.deepEqual(draft, {
      prompt: 'A "red" hut',
      path: `${folder}/images/my hero.webp`,
      format: "WEBP",
      count: 1,
      shape: { width: 1360, height: 768 },
    });
    assert.equal((await snapshot()).jobs.length, jobs);
  });

  it("says why no picture can be saved there, instead of opening the panel", async () => {
    const text = "![A hut](../../.git/hooks/hut.png)\n";
    const document = await workspace.openTextDocument(await write(`${freshFolder()}/page.md`, text));
    const [action] = await actionsAt(document, "A hut");
    assert.ok(action?.command);
    const { command, arguments: given = [] } = action.command;
    const before = (await snapshot()).draftUpdate?.id;
    await assert.rejects(async () => commands.executeCommand(command, ...given), /\.git/);
    assert.equal((await snapshot()).draftUpdate?.id, before);
  });

  it("says that no picture can be saved under a name that Limn would change", async () => {
    const generate = (name: string) =>
      commands.executeCommand("limn.generateMissingImage", {
        file: uriInWorkspace(`${freshFolder()}/${name}`).toString(),
        prompt: "A hut",
      });
    const before = (await snapshot()).draftUpdate?.id;
    await assert.rejects(async () => generate("{n}.png"), /\{n\}/);
    // “é” of two characters: Limn saves it as one, and on Linux that is another file.
    await assert.rejects(async () => generate("cafe\u0301.png"), /cafe/);
    assert.equal((await snapshot()).draftUpdate?.id, before);
  });

  it("offers nothing for code of a template after an alias", async () => {
    const folder = freshFolder();
    await write(`${folder}/package.json`, "{}");
    const text = "![code](@/flags/{code}.png)\n\n![file](@/flags/is.png)\n";
    const page = await workspace.openTextDocument(await write(`${folder}/page.md`, text));
    assert.deepEqual(await titlesAt(page, "code]"), []);
    assert.deepEqual(await titlesAt(page, "file]"), titlesOf(`${folder}/src/flags/is.png`));
  });

  it("explains what its command needs if a program calls it without a link", async () => {
    const call = async () => commands.executeCommand("limn.generateMissingImage", { file: "a.png" });
    await assert.rejects(call, /light bulb/);
  });

  it("offers nothing for other formats, addresses, code, aliases without a project, and files outside the workspace", async () => {
    const links = [
      ...["a.svg", "a.gif", "a.ico", "https://example.org/a.png", "//example.org/a.png", "data:image/png;base64,a.png"],
      ...["../../../../../../../a.png", "attachment:a.png", "@/assets/a.png", "~/a.png", "{{ site }}/a.png"],
    ];
    const text = links.map((link, index) => `![link ${index};](${link})\n`).join("\n");
    const document = await workspace.openTextDocument(await write(`${freshFolder()}/page.md`, text));
    for (const index of links.keys()) {
      assert.deepEqual(await titlesAt(document, `link ${index};`), [], links[index]);
    }
  });

  it("reads text that is not saved yet, and line breaks of Windows", async () => {
    const folder = freshFolder();
    const document = await workspace.openTextDocument(await write(`${folder}/page.md`, "# Huts\r\n\r\nText\r\n"));
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(2).range.end, "\r\n\r\n![A hut](new.jpg)");
    await workspace.applyEdit(edit);
    assert.ok(document.isDirty);
    assert.deepEqual(await titlesAt(document, "A hut"), titlesOf(`${folder}/new.jpg`));
    assert.deepEqual(await titlesAt(document, "# Huts"), []);
  });

  it("resolves a path from the site's root in the folder that the project serves", async () => {
    const folder = freshFolder();
    await write(`${folder}/package.json`, "{}");
    await write(`${folder}/public/robots.txt`, "");
    const page = await workspace.openTextDocument(
      await write(`${folder}/src/Page.jsx`, 'export const Page = () => <img src="/img/hero.png" alt="x" />;\n'),
    );
    assert.deepEqual(await titlesAt(page, "hero.png"), titlesOf(`${folder}/public/img/hero.png`));
    await write(`${folder}/public/img/hero.png`, greyPng(8, 8, 128));
    assert.deepEqual(await titlesAt(page, "hero.png"), []);
  });

  it("resolves it by the configuration of the site, again after a change, and by the setting", async () => {
    const folder = freshFolder();
    const configure = (publicDir: string) =>
      write(`${folder}/vite.config.js`, `export default { base: "/shop/", publicDir: "${publicDir}" };\n`);
    const page = await workspace.openTextDocument(
      await write(`${folder}/src/Page.jsx`, 'export const Page = () => <img src="/shop/hero.png" alt="x" />;\n'),
    );
    const isExpectedAt = async (path: string) =>
      assert.deepEqual(await titlesAt(page, "hero.png"), titlesOf(`${folder}/${path}`));
    const { fsPath } = await configure("static");
    // Only a file that has not changed for a while is remembered.
    await utimes(fsPath, 1, 1);
    await isExpectedAt("static/hero.png");
    await isExpectedAt("static/hero.png");
    await configure("files");
    await isExpectedAt("files/hero.png");
    const settings = workspace.getConfiguration("limn");
    await settings.update("sites", { [`${folder}/`]: { served: "web", base: "" } }, ConfigurationTarget.Workspace);
    try {
      await isExpectedAt("web/shop/hero.png");
    } finally {
      await settings.update("sites", undefined, ConfigurationTarget.Workspace);
    }
  });

  it("resolves an alias of a bundler below the folder of package.json, in a folder that exists", async () => {
    const folder = freshFolder();
    await write(`${folder}/package.json`, "{}");
    await write(`${folder}/app/assets/robots.txt`, "");
    const links = [
      ["@/assets/hero.png", "app/assets/hero.png"],
      ["~/assets/lake.png", "app/assets/lake.png"],
      ["@/img/hut.png", "src/img/hut.png"],
      ["$lib/ridge.png", "src/lib/ridge.png"],
      ["@site/static/dawn.png", "static/dawn.png"],
    ] as const;
    const text = links.map(([path], index) => `import a${index} from "${path}";\n`).join("");
    const page = await workspace.openTextDocument(await write(`${folder}/src/views/page.ts`, text));
    for (const [path, file] of links) {
      assert.deepEqual(await titlesAt(page, path), titlesOf(`${folder}/${file}`));
    }
    await write(`${folder}/img/hut.png`, greyPng(8, 8, 128));
    assert.deepEqual(await titlesAt(page, "@/img/hut.png"), []);
  });

  it("resolves a path that a template of Django or Rails completes", async () => {
    const [django, rails] = [freshFolder(), freshFolder()];
    await write(`${django}/manage.py`, "");
    await write(`${django}/shop/static/robots.txt`, "");
    const page = await write(`${django}/shop/templates/page.html`, `<img src="{% static 'img/hero.png' %}">\n`);
    const titles = await titlesAt(await workspace.openTextDocument(page), "hero.png");
    assert.deepEqual(titles, titlesOf(`${django}/shop/static/img/hero.png`));
    await write(`${rails}/Gemfile`, "");
    await write(`${rails}/config/application.rb`, "");
    await write(`${rails}/app/assets/images/.keep`, "");
    const view = await write(`${rails}/app/views/page.html.erb`, '<%= image_tag "hero.png", alt: "A hut" %>\n');
    const ofView = await titlesAt(await workspace.openTextDocument(view), "hero.png");
    assert.deepEqual(ofView, titlesOf(`${rails}/app/assets/images/hero.png`));
  });

  it("puts the folder of :imagesdir: before a path of AsciiDoc", async () => {
    const folder = freshFolder();
    const text = ":imagesdir: img\n\nimage::hero.png[A hut]\n";
    const document = await workspace.openTextDocument(await write(`${folder}/page.adoc`, text));
    assert.deepEqual(await titlesAt(document, "hero.png"), titlesOf(`${folder}/img/hero.png`));
  });

  it("offers one picture for several links to it, and one entry for each image of a selection", async () => {
    const folder = freshFolder();
    const text = "![a](a.png) ![a again](a.png) ![b](b.png)\n";
    const document = await workspace.openTextDocument(await write(`${folder}/page.md`, text));
    const actions = await actionsIn(document, new Range(0, 0, 0, text.length));
    assert.deepEqual(
      actions.map(({ title }) => title),
      [...titlesOf(`${folder}/a.png`), ...titlesOf(`${folder}/b.png`)],
    );
  });
});
