import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { commands, type Uri, window, workspace } from "vscode";
import { changeFolders } from "../support/changeFolders.ts";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, formatAndSize, freshFolder, uriInWorkspace } from "../support/files.ts";
import { registerMemoryFiles } from "../support/memoryFiles.ts";
import {
  clearReferences,
  draftOf,
  firstPicture,
  freshPrompt,
  generateAndWait,
  send,
  snapshot,
  waitForEnd,
} from "../support/panel.ts";
import {
  down,
  enter,
  enterTimes,
  isChoosing,
  pressEscape,
  runUntilInput,
  typeText,
  waitForInput,
} from "../support/quickInput.ts";
import { generateFromSelection } from "../support/selection.ts";
import { recordRequests, setSetting } from "../support/testService.ts";

/** Opens a file of the workspace in front. */
async function open(uri: Uri): Promise<void> {
  await commands.executeCommand("vscode.open", uri);
  await waitUntil("the file is in front", async () => {
    const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
    return typeof input === "object" && input !== null && "uri" in input && String(input.uri) === uri.toString();
  });
}

/** Writes a project with these files and folders, which end in a slash; returns its folder. */
async function writeProject(...names: readonly string[]): Promise<string> {
  const folder = freshFolder();
  for (const name of ["package.json", ...names]) {
    const { fsPath } = uriInWorkspace(`${folder}/${name}`);
    await mkdir(name.endsWith("/") ? fsPath : dirname(fsPath), { recursive: true });
    if (!name.endsWith("/")) {
      await writeFile(fsPath, "");
    }
  }
  return folder;
}

/** The path that the panel proposes when its page has asked for it. */
async function proposedPath(): Promise<string> {
  await send({ type: "ready" });
  return (await snapshot()).draft.defaults.path;
}

/** Replaces the text of the open input. */
async function replaceText(text: string): Promise<void> {
  await commands.executeCommand("editor.action.selectAll");
  await typeText(text);
}

/** Answers all steps of Generate Image… with Enter but the prompt; returns the command's result. */
async function generateByFlow(prompt: string): Promise<unknown> {
  const { done } = await runUntilInput("limn.generate");
  await typeText(prompt);
  await enterTimes(4);
  return done;
}

describe("the proposed folder", () => {
  before(clearReferences);
  afterEach(() => commands.executeCommand("workbench.action.closeAllEditors"));

  it("is where the project of the document in front keeps its images, in the flow and in the panel", async () => {
    await open(uriInWorkspace("shop/src/App.tsx"));
    assert.equal(await proposedPath(), "shop/public/{slug}");
    const prompt = freshPrompt("A blue mug");
    const slug = prompt.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    assert.deepEqual(await generateByFlow(prompt), {
      files: [uriInWorkspace(`shop/public/${slug}.jpg`).toString()],
      cost: 0.028,
    });
    await rm(uriInWorkspace(`shop/public/${slug}.jpg`).fsPath);
  });

  it("is the same while a picture of the project is in front", async () => {
    await open(uriInWorkspace("shop/public/mug.webp"));
    assert.equal(await proposedPath(), "shop/public/{slug}");
  });

  it("changes in the visible panel with the file in front, also if the panel was hidden meanwhile", async () => {
    const isProposed = (path: string) =>
      waitUntil(`${path} is proposed`, async () => (await snapshot()).draft.defaults.path === path);
    await open(uriInWorkspace("css/style.css"));
    await commands.executeCommand("limn.panel.focus");
    await isProposed("images/{slug}");
    await open(uriInWorkspace("shop/src/App.tsx"));
    await isProposed("shop/public/{slug}");
    await commands.executeCommand("workbench.view.explorer");
    await open(uriInWorkspace("css/style.css"));
    await commands.executeCommand("limn.panel.focus");
    await isProposed("images/{slug}");
    await commands.executeCommand("workbench.view.explorer");
  });

  it("is that of the settings for documents, and for code of no project", async () => {
    const folder = await writeProject("public/", "README.md", "index.html");
    for (const path of [`${folder}/README.md`, `${folder}/index.html`, "css/style.css"]) {
      await open(uriInWorkspace(path));
      assert.equal(await proposedPath(), "images/{slug}", path);
    }
  });

  it("is that of the nearest project, and an existing one", async () => {
    const folder = await writeProject("public/", "apps/web/package.json", "apps/web/static/", "apps/web/src/page.js");
    await open(uriInWorkspace(`${folder}/apps/web/src/page.js`));
    assert.equal(await proposedPath(), `${folder}/apps/web/static/{slug}`);
    await rm(uriInWorkspace(`${folder}/apps/web/static`).fsPath, { recursive: true });
    assert.equal(await proposedPath(), "images/{slug}");
  });

  it("is no symlink that leads out of the workspace, and no folder of a tool", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    const folder = await writeProject("src/page.js", "assets/", "node_modules/lib/package.json");
    await mkdir(uriInWorkspace(`${folder}/node_modules/lib/public`).fsPath);
    await writeFile(uriInWorkspace(`${folder}/node_modules/lib/index.js`).fsPath, "");
    await symlink(outside, uriInWorkspace(`${folder}/public`).fsPath);
    await open(uriInWorkspace(`${folder}/src/page.js`));
    assert.equal(await proposedPath(), `${folder}/assets/{slug}`);
    await open(uriInWorkspace(`${folder}/node_modules/lib/index.js`));
    assert.equal(await proposedPath(), "images/{slug}");
    await rm(outside, { recursive: true });
  });

  it("is that of the settings if the user set one", async () => {
    await open(uriInWorkspace("shop/src/App.tsx"));
    await setSetting("folder", "art/{date}");
    assert.equal(await proposedPath(), "art/{date}/{slug}");
    await setSetting("folder", undefined);
    assert.equal(await proposedPath(), "shop/public/{slug}");
  });

  it("is the one that was chosen last for the project, until the setting is changed", async () => {
    const [art, other] = [freshFolder(), freshFolder()];
    await open(uriInWorkspace("shop/src/App.tsx"));
    const { done } = await runUntilInput("limn.generate");
    await typeText(freshPrompt("A green mug"));
    await enterTimes(3);
    await replaceText(`${art}/mug.jpg`);
    await enter();
    await done;
    assert.equal(await proposedPath(), `${art}/{slug}`);
    await generateAndWait(freshPrompt("A red mug"), { path: `${other}/mug`, format: "JPG" });
    assert.equal(await proposedPath(), `${other}/{slug}`);
    await open(uriInWorkspace("css/style.css"));
    assert.equal(await proposedPath(), "images/{slug}");
    await open(uriInWorkspace("shop/src/App.tsx"));
    await setSetting("folder", "art");
    assert.equal(await proposedPath(), "art/{slug}");
    await setSetting("folder", undefined);
    assert.equal(await proposedPath(), `${other}/{slug}`);
    await generateAndWait(freshPrompt("A pink mug"), { path: "shop/public/mug", format: "JPG" });
    assert.equal(await proposedPath(), "shop/public/{slug}");
  });

  it("is found in the workspace folder of the document, and in virtual file systems", async () => {
    const text = new TextEncoder().encode("text");
    const memory = registerMemoryFiles("memproject", {
      "/site/package.json": text,
      "/site/src/page.js": text,
      "/site/public/robots.txt": text,
    });
    const root = uriInWorkspace(".").with({ scheme: "memproject", authority: "", path: "/site" });
    await changeFolders(1, 0, root);
    try {
      await open(root.with({ path: "/site/src/page.js" }));
      assert.equal(await proposedPath(), "site/public/{slug}");
      const prompt = freshPrompt("A virtual mug");
      await generateByFlow(prompt);
      const made = memory.paths().filter((path) => path.endsWith(".jpg"));
      assert.deepEqual(
        made.map((path) => dirname(path)),
        ["/site/public"],
      );
      await open(uriInWorkspace("shop/src/App.tsx"));
      const [first] = workspace.workspaceFolders ?? [];
      assert.equal(await proposedPath(), `${first?.name}/shop/public/{slug}`);
    } finally {
      await commands.executeCommand("workbench.action.closeAllEditors");
      await changeFolders(1, 1);
      memory.dispose();
    }
  });
});

describe("a path of the form without the name of a workspace folder", () => {
  it("is in the folder of the file that was in front at the press, also if a variable is asked for then", async () => {
    const text = new TextEncoder().encode("text");
    const memory = registerMemoryFiles("mempress", { "/site/page.js": text });
    const root = uriInWorkspace(".").with({ scheme: "mempress", authority: "", path: "/site" });
    await changeFolders(1, 0, root);
    try {
      await open(root.with({ path: "/site/page.js" }));
      const prompt = freshPrompt("A pressed");
      const draft = draftOf(`${prompt} {animal}`, { path: "typed/{slug}" });
      const { done } = await waitForInput("Generate", () => send({ type: "generate", draft }));
      await typeText("owl");
      await open(uriInWorkspace("shop/src/App.tsx"));
      await enter();
      await done;
      await send({ type: "keep", ...firstPicture(await waitForEnd(`${prompt} owl`)).ref });
      assert.deepEqual(
        memory
          .paths()
          .filter((path) => /\.(jpg|png|webp)$/.test(path))
          .map((path) => dirname(path)),
        ["/site/typed"],
      );
    } finally {
      await commands.executeCommand("workbench.action.closeAllEditors");
      await changeFolders(1, 1);
      memory.dispose();
    }
  });
});

describe("size, number and format", () => {
  before(clearReferences);
  afterEach(() => commands.executeCommand("workbench.action.closeAllEditors"));

  it("that were chosen in the panel are proposed by the flow", async () => {
    const sent = recordRequests();
    await generateAndWait(freshPrompt(), { shape: { width: 1360, height: 768 }, count: 1, format: "WEBP" });
    const { done } = await generateFromSelection("A kestrel like in the panel");
    await enterTimes(4);
    await done;
    const file = uriInWorkspace("images/a-kestrel-like-in-the-panel.webp");
    assert.equal(formatAndSize(await bytesOf(file)), "webp 1360x768");
    await generateAndWait(freshPrompt(), { shape: { width: 1360, height: 768 }, count: 2, format: "WEBP" });
    const again = await generateFromSelection("Two kestrels like in the panel");
    await enterTimes(4);
    await waitUntil("there is something to choose from", async () => isChoosing());
    await pressEscape();
    await again.done;
    assert.equal(sent.tasks().at(-1)?.numberResults, 2);
  });

  it("that were chosen in the flow are proposed by the panel", async () => {
    await send({ type: "ready" });
    const { size, count, format } = (await snapshot()).draft.defaults;
    assert.deepEqual([size, count, format], [undefined, 1, "JPG"]);
    const { done } = await generateFromSelection("A merlin for the panel");
    await enter();
    await down();
    await enterTimes(2);
    await replaceText("images/merlin-for-the-panel.png");
    await enter();
    await done;
    const { defaults } = (await snapshot()).draft;
    assert.deepEqual([defaults.size, defaults.format], [{ width: 1024, height: 1024 }, "PNG"]);
    await setSetting("format", "webp");
    assert.equal((await snapshot()).draft.defaults.format, "WEBP");
  });

  it("that an edit takes from its reference are not proposed for the next picture", async () => {
    const { done } = await runUntilInput("limn.edit", uriInWorkspace("images/lake.webp"));
    await typeText("In the first snow");
    await enterTimes(4);
    await done;
    await send({ type: "ready" });
    const { size, count, format, path } = (await snapshot()).draft.defaults;
    assert.deepEqual([size, count, format, path], [undefined, 1, "JPG", "images/{slug}"]);
  });
});
