import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  ConfigurationTarget,
  commands,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { generate, waitUntil } from "../support/commands.ts";
import {
  fileNamesIn,
  formatAndSize,
  freshFolder,
  jobFilesOf,
  readLogs,
  uriInWorkspace,
  workspaceRoot,
} from "../support/files.ts";
import { countedToday, freshPrompt, send } from "../support/panel.ts";
import {
  down,
  enter,
  enterUntilDone,
  pressEscape,
  pressUntil,
  runUntilInput,
  toggle,
  typeText,
} from "../support/quickInput.ts";
import { faultProxy, holdPictures, recordRequests, setSetting, useKey } from "../support/testService.ts";

const [inFile, inWorkspace] = ["limn.generateAllMissingInFile", "limn.generateAllMissingInWorkspace"];

async function write(path: string, content: string | Uint8Array): Promise<Uri> {
  const uri = uriInWorkspace(path);
  await mkdir(dirname(uri.fsPath), { recursive: true });
  await writeFile(uri.fsPath, content);
  return uri;
}

/** Writes a document and shows it. */
const show = async (path: string, text: string) => window.showTextDocument(await write(path, text));

/** Format and pixels of the images in a folder, by name. */
async function imagesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await fileNamesIn(folder)).filter((name) => /\.(?:png|jpe?g|webp)$/i.test(name));
  const images = names.map(
    async (name) => [name, formatAndSize(await readFile(uriInWorkspace(`${folder}/${name}`).fsPath))] as const,
  );
  return Object.fromEntries(await Promise.all(images));
}

/** Three links to missing images, with their prompts. */
async function showThree(folder: string) {
  const prompts = [freshPrompt(), freshPrompt(), freshPrompt()] as const;
  const [a, b, c] = prompts;
  await show(`${folder}/page.md`, `![${a}](a.png)\n\n![${b}](b.png)\n\n![${c}](c.png)\n`);
  return prompts;
}

/** Whether a task with this prompt was sent, of those that were recorded. */
const promptsOf = ({ tasks }: ReturnType<typeof recordRequests>) => tasks().map(({ positivePrompt }) => positivePrompt);

describe("Limn: Generate All Missing Images in This File", () => {
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await commands.executeCommand("notifications.clearAll");
  });

  it("makes each image once, at the path of its link, in its format and nearest to its size", async () => {
    const folder = freshFolder();
    const [png, webp, jpeg] = [freshPrompt(), freshPrompt(), freshPrompt()];
    await write(`${folder}/there.png`, greyPng(8, 8, 128));
    const links = [
      `![${png}](img/a.png) ![the same again](img/a.png)`,
      `<img src="b.webp" alt="${webp}" width="1200" height="675">`,
      `![${jpeg}](c.JPEG) ![there](there.png) ![other](https://example.org/d.png) ![tool](../../.git/e.png)`,
    ];
    await show(`${folder}/page.md`, `${links.join("\n\n")}\n`);
    const sent = recordRequests();
    await enterUntilDone(await runUntilInput(inFile));
    assert.deepEqual(await imagesIn(`${folder}/img`), { "a.png": "png 2048x2048" });
    assert.deepEqual(await imagesIn(folder), {
      "b.webp": "webp 1360x768",
      "c.JPEG": "jpg 2048x2048",
      "there.png": "png 8x8",
    });
    assert.deepEqual(promptsOf(sent).toSorted(), [png, webp, jpeg].toSorted());
    for (const prompt of [png, webp, jpeg]) {
      const [job, ...others] = await jobFilesOf(prompt);
      assert.deepEqual([job?.state, job?.pictures.length, others.length], ["done", 1, 0]);
    }
  });

  it("makes only the images that stay checked", async () => {
    const folder = freshFolder();
    const [a, , c] = await showThree(folder);
    const sent = recordRequests();
    const asking = await runUntilInput(inFile);
    await down();
    await toggle();
    await enterUntilDone(asking);
    assert.deepEqual(Object.keys(await imagesIn(folder)), ["a.png", "c.png"]);
    assert.deepEqual(promptsOf(sent).toSorted(), [a, c].toSorted());
  });

  it("buys nothing after Escape, and nothing on Enter while no image is checked", async () => {
    const folder = freshFolder();
    await showThree(folder);
    const sent = recordRequests();
    const { done } = await runUntilInput(inFile);
    for (const key of [toggle, down, toggle, down, toggle, enter, pressEscape]) {
      await key();
    }
    await done;
    assert.deepEqual([sent.requests().length, await imagesIn(folder)], [0, {}]);
  });

  it("makes the others if one fails", async () => {
    const folder = freshFolder();
    const [, b] = await showThree(folder);
    faultProxy().setRule(({ taskType, body }) =>
      taskType === "imageInference" && body.includes(b)
        ? {
            answer: {
              status: 400,
              body: JSON.stringify({ errors: [{ code: "invalidPositivePrompt", message: "No" }] }),
            },
          }
        : undefined,
    );
    await enterUntilDone(await runUntilInput(inFile));
    assert.deepEqual(Object.keys(await imagesIn(folder)), ["a.png", "c.png"]);
    assert.equal((await jobFilesOf(b))[0]?.state, "failed");
  });

  it("neither buys nor overwrites an image that exists by now", async () => {
    const folder = freshFolder();
    const [, b] = await showThree(folder);
    const sent = recordRequests();
    const asking = await runUntilInput(inFile);
    await write(`${folder}/b.png`, greyPng(8, 8, 128));
    await enterUntilDone(asking);
    assert.deepEqual(await imagesIn(folder), {
      "a.png": "png 2048x2048",
      "b.png": "png 8x8",
      "c.png": "png 2048x2048",
    });
    assert.ok(!promptsOf(sent).includes(b));
  });

  it("does not buy what another request makes by now", async () => {
    const folder = freshFolder();
    const [a, b, c] = await showThree(folder);
    const release = holdPictures();
    const sent = recordRequests();
    const asking = await runUntilInput(inFile);
    const other = generate({ prompt: freshPrompt(), size: "1024x1024", path: `${folder}/b.png` });
    await waitUntil("the other request is sent", async () => sent.tasks().length === 1);
    const running = enterUntilDone(asking);
    await waitUntil("the two others are sent", async () => sent.tasks().length >= 3);
    release();
    await Promise.all([running, other]);
    assert.deepEqual(Object.keys(await imagesIn(folder)), ["a.png", "b.png", "c.png"]);
    assert.deepEqual(promptsOf(sent).slice(1).toSorted(), [a, c].toSorted());
    assert.ok(!promptsOf(sent).includes(b));
  });

  it("keeps an image that appears while the new one is made, and saves that under a free name", async () => {
    const folder = freshFolder();
    await showThree(folder);
    const release = holdPictures();
    const sent = recordRequests();
    const running = enterUntilDone(await runUntilInput(inFile));
    await waitUntil("all are sent", async () => sent.tasks().length === 3);
    await write(`${folder}/b.png`, greyPng(8, 8, 128));
    release();
    await running;
    assert.deepEqual(Object.keys(await imagesIn(folder)), ["a.png", "b-2.png", "b.png", "c.png"]);
    assert.equal((await imagesIn(folder))["b.png"], "png 8x8");
  });

  it("does not list what is being made, so that it is not bought twice", async () => {
    const folder = freshFolder();
    await showThree(folder);
    const release = holdPictures();
    const sent = recordRequests();
    const running = enterUntilDone(await runUntilInput(inFile));
    await waitUntil("all are sent", async () => sent.tasks().length === 3);
    // It ends without a list.
    await commands.executeCommand(inFile);
    release();
    await running;
    assert.equal(sent.tasks().length, 3);
  });

  it("does not buy again what is bought and could not be downloaded", async () => {
    const folder = freshFolder();
    const prompt = freshPrompt();
    await show(`${folder}/page.md`, `![${prompt}](a.png)\n`);
    faultProxy().setRule(({ method }) => (method === "GET" ? { answer: { status: 404, body: "" } } : undefined));
    const sent = recordRequests();
    await enterUntilDone(await runUntilInput(inFile));
    const [job] = await jobFilesOf(prompt);
    assert.deepEqual([job?.state, job?.pictures.length, await imagesIn(folder)], ["done", 1, {}]);
    const sentences = `Not saved: ${folder}/a.png. A picture could not be fetched: `;
    await waitUntil("the log names the file and says why", async () => (await readLogs()).includes(sentences));
    // It ends without a list.
    await commands.executeCommand(inFile);
    assert.equal(sent.tasks().length, 1);
    await send({ type: "forget", job: job?.taskUUID ?? "" });
  });

  it("asks once about the sum above “limn.budget.askAbove”, before anything is stored or sent", async () => {
    await setSetting("budget.askAbove", 0.08);
    const prompts = await showThree(freshFolder());
    const sent = recordRequests();
    // A test window throws instead of showing a modal dialog, and the error becomes a notification.
    await enterUntilDone(await runUntilInput(inFile));
    const stored = await Promise.all(prompts.map(jobFilesOf));
    assert.deepEqual([sent.tasks().length, stored.flat()], [0, []]);
    await setSetting("budget.askAbove", 0.084);
    await enterUntilDone(await runUntilInput(inFile));
    assert.equal(sent.tasks().length, 3);
  });

  it("buys all or none within the budget of a day", async () => {
    await setSetting("budget.perDay", (await countedToday()) + 0.06);
    const folder = freshFolder();
    await showThree(folder);
    const sent = recordRequests();
    await enterUntilDone(await runUntilInput(inFile));
    assert.equal(sent.tasks().length, 0);
    const asking = await runUntilInput(inFile);
    await toggle();
    await enterUntilDone(asking);
    assert.deepEqual(Object.keys(await imagesIn(folder)), ["b.png", "c.png"]);
  });

  it("reads text that is not saved yet, and the Markdown cells of a notebook", async () => {
    const folder = freshFolder();
    const editor = await show(`${folder}/page.md`, "# Huts\n");
    await editor.edit((edit) => edit.insert(editor.document.lineAt(1).range.end, `![${freshPrompt()}](new.png)\n`));
    await enterUntilDone(await runUntilInput(inFile));
    assert.deepEqual(Object.keys(await imagesIn(folder)), ["new.png"]);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");

    const uri = await write(`${folder}/book.ipynb`, '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}');
    await window.showNotebookDocument(await workspace.openNotebookDocument(uri));
    const cell = new NotebookCellData(NotebookCellKind.Markup, `![${freshPrompt()}](cell.png)`, "markdown");
    const edit = new WorkspaceEdit();
    edit.set(uri, [NotebookEdit.insertCells(0, [cell])]);
    await workspace.applyEdit(edit);
    await enterUntilDone(await runUntilInput(inFile));
    assert.deepEqual(Object.keys(await imagesIn(folder)), ["cell.png", "new.png"]);
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("edits the prompt of an image before it is bought, if that cannot be used", async () => {
    const folder = freshFolder();
    const prompt = freshPrompt("A longer prompt");
    await setSetting("model", "klingai:kling-image@o1");
    await show(`${folder}/page.md`, "![x](a.png)\n");
    const sent = recordRequests();
    const { done } = await runUntilInput(inFile);
    await enter();
    await typeText(prompt);
    await enter();
    await enterUntilDone({ done });
    assert.deepEqual(promptsOf(sent), [prompt]);
  });

  it("asks once where to make the pictures if there is no key, and makes them in the sandbox for free", async () => {
    useKey(undefined);
    await setSetting("engine", "runware");
    await setSetting("sandbox.delay", 0);
    const folder = freshFolder();
    await showThree(folder);
    const sent = recordRequests();
    const declined = await runUntilInput(inFile);
    await enter();
    let isOver = false;
    void declined.done.then(() => {
      isOver = true;
    });
    await pressUntil(pressEscape, () => isOver);
    assert.deepEqual(await imagesIn(folder), {});
    await enterUntilDone(await runUntilInput(inFile));
    assert.deepEqual(Object.keys(await imagesIn(folder)), ["a.png", "b.png", "c.png"]);
    assert.equal(workspace.getConfiguration("limn").get("engine"), "sandbox");
    assert.equal(sent.requests().length, 0);
  });
});

describe("Limn: Generate All Missing Images in This Workspace", () => {
  const excludes = { files: workspace.getConfiguration("files"), search: workspace.getConfiguration("search") };
  const setExcludes = async (files: object | undefined, search: object | undefined) => {
    await excludes.files.update("exclude", files, ConfigurationTarget.Global);
    await excludes.search.update("exclude", search, ConfigurationTarget.Global);
  };

  afterEach(async () => {
    await setExcludes(undefined, undefined);
    await commands.executeCommand("notifications.clearAll");
  });

  it("reads all documents but those that the settings exclude, also notebooks that are not open", async () => {
    const own = "scan";
    const others = (await readdir(workspaceRoot().fsPath)).filter((name) => name !== own && name !== "public");
    await setExcludes({ "**/{drafts,old}": true }, Object.fromEntries(others.map((name) => [name, true])));
    const link = (path: string) => `![${freshPrompt()}](${path})\n`;
    await write(`${own}/docs/page.md`, link("img/a.png"));
    await write(`${own}/docs/other.md`, link("./img/a.png"));
    await write(`${own}/Page.vue`, `<template><img src="./b.webp" alt="${freshPrompt()}"></template>\n`);
    const cells = [{ cell_type: "markdown", metadata: {}, source: [link("c.png")] }];
    await write(`${own}/book.ipynb`, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    await write(`${own}/damaged.ipynb`, "{c.png");
    await write(`${own}/drafts/page.md`, link("no.png"));
    await write(`${own}/old/page.md`, link("no.png"));
    await write(`${own}/node_modules/x/README.md`, link("no.png"));
    await write(`${own}/large.md`, `${link("large.png")}${" ".repeat(2_000_001)}`);
    const sent = recordRequests();
    await enterUntilDone(await runUntilInput(inWorkspace));
    const found = await Promise.all(
      ["", "/docs/img", "/drafts", "/old", "/node_modules/x"].map((path) => imagesIn(own + path)),
    );
    assert.deepEqual(found.map(Object.keys), [["b.webp", "c.png"], ["a.png"], [], [], []]);
    assert.equal(sent.tasks().length, 3);
    await rm(uriInWorkspace(own).fsPath, { recursive: true });
  });
});
