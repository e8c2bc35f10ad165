import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, Position, Range, Uri, window, workspace } from "vscode";
import { findDrafts } from "../../../src/host/draftImages/findDrafts.ts";
import { replaceDraft } from "../../../src/host/draftImages/replaceDraft.ts";
import { ReplacedImages } from "../../../src/host/panel/pictures/replacedImages.ts";
import { type DraftImage, markAsDraft, readDraft } from "../../../src/imaging/draftFile.ts";
import { greyPng } from "../../support/greyPng.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { rejectionMessage, waitUntil } from "../support/commands.ts";
import { fileNamesIn, formatAndSize, freshFolder, jobFilesOf, readLogs, uriInWorkspace } from "../support/files.ts";
import { commandNames, commandsOf, hoverAt } from "../support/hovers.ts";
import { write } from "../support/imageDocuments.ts";
import { chooseAction } from "../support/lightBulb.ts";
import { limn } from "../support/limn.ts";
import { registerMemoryFiles } from "../support/memoryFiles.ts";
import { freshPrompt, panel, send } from "../support/panel.ts";
import { down, enter, enterUntilDone, runUntilInput, toggle, typeText } from "../support/quickInput.ts";
import { holdPictures, recordRequests, setSetting, useKey } from "../support/testService.ts";

const renderDrafts = "limn.renderDrafts";
const model = "klingai:kling-image@3";

const bytesAt = (path: string): Promise<Uint8Array> => readFile(uriInWorkspace(path).fsPath);
const draftAt = async (path: string): Promise<DraftImage | undefined> => readDraft(await bytesAt(path));

/** Writes a draft of 1024 × 1024 pixels. */
const writeDraft = (path: string, prompt: string) =>
  write(path, markAsDraft(greyPng(1024, 1024, 128), { prompt, model }));

/** Three drafts in a folder, with their prompts. */
async function writeThree(folder: string) {
  const prompts = [freshPrompt(), freshPrompt(), freshPrompt()] as const;
  for (const [index, name] of ["a", "b", "c"].entries()) {
    await writeDraft(`${folder}/${name}.png`, prompts[index] ?? "");
  }
  return prompts;
}

const kindsIn = async (folder: string, names: readonly string[]) =>
  Promise.all(names.map(async (name) => ((await draftAt(`${folder}/${name}`)) === undefined ? "picture" : "draft")));

const promptsOf = ({ tasks }: ReturnType<typeof recordRequests>) => tasks().map(({ positivePrompt }) => positivePrompt);

describe("A draft", () => {
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is made from the light bulb at the path of the link, in its format and size, free and without a key", async () => {
    useKey(undefined);
    await setSetting("engine", "runware");
    const folder = freshFolder();
    const prompt = freshPrompt();
    const text = `<img src="img/hero.webp" alt="${prompt}" width="1200" height="675">\n`;
    const document = await workspace.openTextDocument(await write(`${folder}/page.html`, text));
    const sent = recordRequests();
    await chooseAction(document, "hero.webp", "Make a Free Draft of");
    assert.deepEqual(await draftAt(`${folder}/img/hero.webp`), {
      prompt,
      model,
      format: "WEBP",
      width: 1360,
      height: 768,
    });
    assert.deepEqual([sent.requests().length, await jobFilesOf(prompt)], [0, []]);
    // A second time there is a file.
    const bytes = await bytesAt(`${folder}/img/hero.webp`);
    const file = uriInWorkspace(`${folder}/img/hero.webp`).toString();
    await commands.executeCommand("limn.makeDraft", { file, prompt });
    assert.deepEqual(await bytesAt(`${folder}/img/hero.webp`), bytes);
  });

  it("is made of the panel's form, at the path of its first picture", async () => {
    const folder = freshFolder();
    const prompt = freshPrompt();
    const shape = { width: 1360, height: 768 };
    const draft = { prompt, path: `${folder}/{slug}.png`, format: "PNG", shape } as const;
    await send({ type: "keepDraft", draft, changedAt: 0 });
    const sent = recordRequests();
    await commands.executeCommand("limn.makeDraftFromPanel");
    const [name = "", ...more] = await fileNamesIn(folder);
    assert.match(name, /^a-red-fox.*\.png$/);
    assert.deepEqual(more, []);
    assert.deepEqual(await draftAt(`${folder}/${name}`), { prompt, model, format: "PNG", ...shape });
    assert.equal(sent.requests().length, 0);
    await send({ type: "keepDraft", draft: {}, changedAt: 1 });
  });

  it("is made once if the button of the form is pressed twice", async () => {
    const folder = freshFolder();
    const draft = { prompt: freshPrompt(), path: `${folder}/fox.png`, format: "PNG" } as const;
    await send({ type: "keepDraft", draft, changedAt: 0 });
    const press = () => send({ type: "command", command: "makeDraft" });
    await Promise.all([press(), press()]);
    await press();
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    await send({ type: "keepDraft", draft: {}, changedAt: 1 });
  });

  it("is not made outside the workspace, where it could not be rendered", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-draft-"));
    const folder = freshFolder();
    await symlink(outside, uriInWorkspace(folder).fsPath);
    const file = Uri.file(join(outside, "hut.png")).toString();
    const ofLink = commands.executeCommand("limn.makeDraft", { file, prompt: "A hut" });
    assert.match(await rejectionMessage(ofLink), /leads out of the workspace folder\. Choose one inside it\./);
    const draft = { prompt: "A hut", path: `${folder}/hut.png`, format: "PNG" } as const;
    await send({ type: "keepDraft", draft, changedAt: 0 });
    await commands.executeCommand("limn.makeDraftFromPanel");
    const sentence = `${folder} leads out of the workspace folder through a link`;
    await waitUntil("the log says why", async () => (await readLogs()).includes(sentence));
    await send({ type: "keepDraft", draft: {}, changedAt: 1 });
    assert.deepEqual(await readdir(outside), []);
    await rm(uriInWorkspace(folder).fsPath);
    await rm(outside, { recursive: true });
  });

  it("is made step by step, without a question for a key, with a link where the user started", async () => {
    useKey(undefined);
    await setSetting("engine", "runware");
    await commands.executeCommand("notifications.clearAll");
    const sent = recordRequests();
    const page = await workspace.openTextDocument(await write("lakes.md", "# Lakes\n\n"));
    const end = new Position(1, 0);
    await window.showTextDocument(page, { selection: new Range(end, end) });
    const { done } = await runUntilInput("limn.makeDraft");
    await typeText("A heron in {season}");
    await enter();
    await typeText("winter");
    await enter();
    await typeText("1360");
    await enter();
    const folder = freshFolder();
    // Replaces the name in the path that the step proposes.
    await typeText(`${folder}/heron`);
    await enter();
    const path = `images/${folder}/heron.jpg`;
    const file = uriInWorkspace(path);
    assert.deepEqual(await done, { files: [file.toString()], cost: 0 });
    assert.deepEqual(await draftAt(path), {
      prompt: "A heron in winter",
      model,
      format: "JPG",
      width: 1360,
      height: 768,
    });
    assert.deepEqual([sent.requests().length, await jobFilesOf("A heron in winter")], [0, []]);

    await commands.executeCommand("notification.acceptPrimaryAction");
    const linked = `# Lakes\n\n![A heron in winter](${path})\n`;
    await waitUntil("the link is inserted", async () => page.getText() === linked);
    await commands.executeCommand("undo");
    assert.equal(page.getText(), "# Lakes\n\n");
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("is not made of a prompt that cannot be sent", async () => {
    const folder = freshFolder();
    const file = uriInWorkspace(`${folder}/hero.png`).toString();
    const refusals = ["\u200b", "a".repeat(10_001)].map((prompt) =>
      rejectionMessage(commands.executeCommand("limn.makeDraft", { file, prompt })),
    );
    assert.match((await Promise.all(refusals)).join(" "), /^Describe the picture\. 10001 of \d+ characters: shorten/);
    assert.deepEqual(await fileNamesIn(folder), []);
  });

  it("is rendered at its path, in its size, and one undo brings it back", async () => {
    const folder = freshFolder();
    const prompt = freshPrompt();
    const draft = await writeDraft(`${folder}/hero.png`, prompt);
    const before = await bytesAt(`${folder}/hero.png`);
    await enterUntilDone(await runUntilInput(renderDrafts, draft));
    assert.deepEqual(
      [await fileNamesIn(folder), formatAndSize(await bytesAt(`${folder}/hero.png`))],
      [["hero.png"], "png 1024x1024"],
    );
    assert.equal(await draftAt(`${folder}/hero.png`), undefined);
    const [job, ...others] = await jobFilesOf(prompt);
    assert.deepEqual([job?.state, job?.pictures[0]?.kept.length, others.length], ["done", 1, 0]);
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesAt(`${folder}/hero.png`), before);

    // More pictures get names of their own.
    await send({ type: "tryAgain", job: job?.taskUUID ?? "" });
    const findAgain = async () => (await jobFilesOf(prompt)).find(({ taskUUID }) => taskUUID !== job?.taskUUID);
    await waitUntil("it is made again", async () => (await findAgain())?.state === "done");
    assert.equal((await findAgain())?.target.replacesDraft, undefined);
  });

  it("is shown as one by the hover of its link, which offers to render it", async () => {
    const folder = freshFolder();
    const document = await workspace.openTextDocument(await write(`${folder}/page.html`, '<img src="hero.png">\n'));
    const missing = await hoverAt(document, "hero.png");
    assert.deepEqual(commandNames(missing), ["limn.generateMissingImage", "limn.makeDraft"]);
    await writeDraft(`${folder}/hero.png`, "A hut ](command:workbench.action.quit) $(zap)");
    const hover = await hoverAt(document, "hero.png");
    assert.match(hover?.value ?? "", /“A hut .*”\s+Draft of Limn/);
    assert.deepEqual(commandNames(hover), [renderDrafts]);
    const [argument] = commandsOf(hover)[0]?.arguments ?? [];
    assert.ok(typeof argument === "object" && argument !== null && "path" in argument);
    assert.equal(argument.path, uriInWorkspace(`${folder}/hero.png`).path);
  });
});

describe("Limn: Render Drafts", () => {
  afterEach(() => commands.executeCommand("notifications.clearAll"));

  it("renders those of a folder that stay checked", async () => {
    const folder = freshFolder();
    const [a, , c] = await writeThree(folder);
    await write(`${folder}/photo.png`, greyPng(8, 8, 128));
    const sent = recordRequests();
    const asking = await runUntilInput(renderDrafts, uriInWorkspace(folder));
    await down();
    await toggle();
    await enterUntilDone(asking);
    assert.deepEqual(await kindsIn(folder, ["a.png", "b.png", "c.png"]), ["picture", "draft", "picture"]);
    assert.deepEqual(promptsOf(sent).toSorted(), [a, c].toSorted());
    assert.equal(formatAndSize(await bytesAt(`${folder}/photo.png`)), "png 8x8");
  });

  it("never overwrites a file that is no draft any more, and buys nothing for it", async () => {
    const folder = freshFolder();
    const [, b] = await writeThree(folder);
    const sent = recordRequests();
    const asking = await runUntilInput(renderDrafts, uriInWorkspace(folder));
    await write(`${folder}/b.png`, greyPng(8, 8, 128));
    await enterUntilDone(asking);
    assert.deepEqual(formatAndSize(await bytesAt(`${folder}/b.png`)), "png 8x8");
    assert.ok(!promptsOf(sent).includes(b));

    const release = holdPictures();
    const other = await writeDraft(`${folder}/d.png`, freshPrompt());
    const running = enterUntilDone(await runUntilInput(renderDrafts, other));
    await waitUntil("it is sent", async () => sent.tasks().length === 3);
    await writeFile(other.fsPath, greyPng(16, 16, 128));
    release();
    await running;
    assert.equal(formatAndSize(await bytesAt(`${folder}/d.png`)), "png 16x16");
    assert.equal(formatAndSize(await bytesAt(`${folder}/d-2.png`)), "png 1024x1024");
  });

  it("does not list a draft that is being rendered, so that it is not bought twice", async () => {
    const folder = freshFolder();
    await writeThree(folder);
    const release = holdPictures();
    const sent = recordRequests();
    const running = enterUntilDone(await runUntilInput(renderDrafts, uriInWorkspace(folder)));
    await waitUntil("all are sent", async () => sent.tasks().length === 3);
    // It ends without a list.
    await commands.executeCommand(renderDrafts, uriInWorkspace(folder));
    release();
    await running;
    assert.equal(sent.tasks().length, 3);
    assert.deepEqual(await kindsIn(folder, ["a.png", "b.png", "c.png"]), ["picture", "picture", "picture"]);
  });

  it("lists a draft once if a linked folder leads to it too, and none that is read-only", async () => {
    const folder = freshFolder();
    const prompt = freshPrompt();
    await writeDraft(`${folder}/real/hut.png`, prompt);
    await symlink(uriInWorkspace(`${folder}/real`).fsPath, uriInWorkspace(`${folder}/linked`).fsPath);
    const locked = await writeDraft(`${folder}/locked.png`, freshPrompt());
    await chmod(locked.fsPath, 0o444);
    const release = holdPictures();
    const sent = recordRequests();
    const paths = ["real/hut.png", "linked/hut.png", "locked.png"].map((path) => uriInWorkspace(`${folder}/${path}`));
    const running = enterUntilDone(await runUntilInput(renderDrafts, paths[0], paths));
    await waitUntil("it is sent", async () => sent.tasks().length > 0);
    // It ends without a list.
    await commands.executeCommand(renderDrafts, paths[1]);
    release();
    await running;
    assert.deepEqual(promptsOf(sent), [prompt]);
    assert.deepEqual(await kindsIn(folder, ["real/hut.png", "locked.png"]), ["picture", "draft"]);
  });

  it("does not ask about a draft that is read-only by now, and saves the picture beside it", async () => {
    const folder = freshFolder();
    const draft = await writeDraft(`${folder}/hut.png`, freshPrompt());
    const release = holdPictures();
    const sent = recordRequests();
    const running = enterUntilDone(await runUntilInput(renderDrafts, draft));
    await waitUntil("it is sent", async () => sent.tasks().length > 0);
    await chmod(draft.fsPath, 0o444);
    release();
    await running;
    assert.deepEqual(await kindsIn(folder, ["hut.png", "hut-2.png"]), ["draft", "picture"]);
  });

  it("leaves a draft in a folder that is not open to the window that has it open", async () => {
    const folder = await mkdtemp(join(tmpdir(), "limn-draft-"));
    const [draft, picture] = [Uri.file(join(folder, "hut.png")), join(folder, "picture.png")];
    const bytes = markAsDraft(greyPng(64, 64, 128), { prompt: "A hut", model });
    await Promise.all([writeFile(draft.fsPath, bytes), writeFile(picture, greyPng(64, 64, 1))]);
    const state = { keys: () => [], get: () => undefined, update: async () => undefined };
    const replacing = replaceDraft(new ReplacedImages(state, join(folder, "replaced")), draft, picture);
    await assert.rejects(replacing, /hut\.png is in a folder that is not open in this window/);
    assert.deepEqual(await readFile(draft.fsPath), Buffer.from(bytes));
    await rm(folder, { recursive: true });
  });

  it("offers Undo for what is rendered when the user stops waiting for the others", async () => {
    const folder = freshFolder();
    const slow = `${freshPrompt()} [sandbox:delay=600]`;
    await writeDraft(`${folder}/a.png`, freshPrompt());
    await writeDraft(`${folder}/b.png`, slow);
    const before = await bytesAt(`${folder}/a.png`);
    try {
      const running = enterUntilDone(await runUntilInput(renderDrafts, uriInWorkspace(folder)));
      await waitUntil("the first is rendered", async () => (await kindsIn(folder, ["a.png"]))[0] === "picture");
      // “Stop Waiting” is the only button of the progress.
      await commands.executeCommand("notification.acceptPrimaryAction");
      await running;
      assert.deepEqual(await kindsIn(folder, ["a.png", "b.png"]), ["picture", "draft"]);
      // The message is there: its first button is “Show Pictures”, the second “Undo”.
      await commands.executeCommand("workbench.view.explorer");
      await waitUntil("the panel is hidden", async () => !(await panel()).isVisible);
      await commands.executeCommand("notification.acceptPrimaryAction");
      await waitUntil("the panel is visible", async () => (await panel()).isVisible);
      await commands.executeCommand("workbench.view.explorer");
      await commands.executeCommand("limn.undoReplace");
      assert.deepEqual(await bytesAt(`${folder}/a.png`), before);
    } finally {
      // Other tests list the same jobs, and this one would stay unfinished for ten minutes.
      const { services } = await limn();
      for (const { taskUUID } of await jobFilesOf(slow)) await services.jobs.journal.forget(taskUUID);
    }
  });

  it("buys nothing above “limn.budget.askAbove” until the user has agreed to the sum", async () => {
    await setSetting("budget.askAbove", 0.08);
    const folder = freshFolder();
    await writeThree(folder);
    const sent = recordRequests();
    // A test window throws instead of showing a modal dialog, and the error becomes a notification.
    await enterUntilDone(await runUntilInput(renderDrafts, uriInWorkspace(folder)));
    assert.deepEqual(
      [sent.tasks().length, await kindsIn(folder, ["a.png", "b.png", "c.png"])],
      [0, ["draft", "draft", "draft"]],
    );
  });

  it("does not list hostile files: unknown models, changed pixels, links out of the workspace", async () => {
    const folder = freshFolder();
    const draftOf = (id: string) => markAsDraft(greyPng(64, 64, 128), { prompt: "A hut", model: id });
    await write(`${folder}/model.png`, draftOf("other:model@1"));
    const [start, end] = [draftOf(model).subarray(0, -30), greyPng(64, 64, 1).subarray(-30)];
    await write(`${folder}/pixels.png`, Buffer.concat([start, end]));
    const outside = await mkdtemp(join(tmpdir(), "limn-drafts-"));
    await writeFile(join(outside, "draft.png"), draftOf(model));
    await symlink(join(outside, "draft.png"), uriInWorkspace(`${folder}/link.png`).fsPath);
    const sent = recordRequests();
    // It ends without a list.
    await commands.executeCommand(renderDrafts, uriInWorkspace(folder));
    assert.equal(sent.requests().length, 0);
    await rm(outside, { recursive: true });
  });

  it("lists the first 500 drafts, and that there are more", async () => {
    const folder = freshFolder();
    const draft = markAsDraft(greyPng(64, 64, 128), { prompt: "A hut", model });
    const paths = Array.from({ length: 503 }, (_, index) => `${folder}/${1000 + index}.png`);
    await Promise.all(paths.map((path) => write(path, draft)));
    const { drafts, leftOut } = await findDrafts([uriInWorkspace(folder)]);
    assert.deepEqual(
      drafts.map(({ uri }) => uri.path),
      paths.slice(0, 500).map((path) => uriInWorkspace(path).path),
    );
    assert.deepEqual(leftOut, ["only the first 500 are listed"]);
    await rm(uriInWorkspace(folder).fsPath, { recursive: true });
  });

  it("fetches no large files from other computers, and none for a hover", async () => {
    const draft = markAsDraft(greyPng(64, 64, 128), { prompt: "A hut", model });
    const files = { "/small.png": draft, "/large.png": Buffer.concat([draft, Buffer.alloc(2_000_000)]) };
    const memoryFiles = registerMemoryFiles("limn-drafts", files);
    const root = Uri.from({ scheme: "limn-drafts", path: "/" });
    const { drafts } = await findDrafts(Object.keys(files).map((path) => Uri.joinPath(root, path)));
    const count = workspace.workspaceFolders?.length ?? 0;
    await changeFolders(count, 0, root);
    await workspace.fs.writeFile(Uri.joinPath(root, "page.html"), Buffer.from('<img src="small.png">\n'));
    const hover = await hoverAt(await workspace.openTextDocument(Uri.joinPath(root, "page.html")), "small.png");
    assert.match(hover?.value ?? "", /small\.png/);
    assert.doesNotMatch(hover?.value ?? "", /Draft of Limn/);
    await changeFolders(count, 1);
    memoryFiles.dispose();
    assert.deepEqual(
      drafts.map(({ uri }) => uri.path),
      ["/small.png"],
    );
  });
});
