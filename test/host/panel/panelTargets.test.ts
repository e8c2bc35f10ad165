import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { commands, extensions, FileSystemError, Uri, ViewColumn, window, workspace } from "vscode";
import { loadLater } from "../../../src/extension.ts";
import { createImaging } from "../../../src/imaging/imaging.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { waitUntil } from "../support/commands.ts";
import {
  bytesOf,
  fileNamesIn,
  formatAndSize,
  freshFolder,
  jobFilesOf,
  readLogs,
  uriInWorkspace,
} from "../support/files.ts";
import { createSecondContext } from "../support/limnContext.ts";
import {
  draftOf,
  findJobView,
  freshPrompt,
  generateAndWait,
  lightTable,
  panel,
  send,
  snapshot,
} from "../support/panel.ts";
import { enter, enterUntilDone, pressEscape, typeText, waitForInput } from "../support/quickInput.ts";
import { recordRequests } from "../support/testService.ts";

const hint = "Keep the subject in the middle 90 % of the height, with background above and below.";
const forOg = { exportTarget: "og", shape: { width: 2720, height: 1536 } } as const;

describe("what the panel's pictures are for", () => {
  afterEach(async () => {
    mock.restoreAll();
    await rm(uriInWorkspace(".limn/targets.json").fsPath, { force: true });
  });

  it("is offered by group, with the sizes of each model, and with the targets of the project first", async () => {
    const banner = { name: "Blog banner", files: [{ path: "{name}.png", width: 1600, height: 686 }] };
    const text = new TextEncoder().encode(JSON.stringify({ targets: [banner] }));
    await workspace.fs.writeFile(uriInWorkspace(".limn/targets.json"), text);
    await send({ type: "ready" });
    const targets = await waitUntil("the targets are read", async () => {
      const read = (await snapshot()).targets;
      return read?.[0]?.name === "Blog banner" && read;
    });
    assert.deepEqual(
      ["project-Blog banner", "og", "srcset", "png"].map((id) => {
        const target = targets.find((one) => one.id === id);
        return target && [target.group, target.sizes["klingai:kling-image@3"]];
      }),
      [
        ["This Project", { width: 3104, height: 1312 }],
        ["Link Previews and Posts", { width: 2720, height: 1536 }],
        ["Web Pages", undefined],
        undefined,
      ],
    );
  });

  it("is what was read last, also if an earlier reading takes longer", async () => {
    const { context, close } = await createSecondContext();
    const { panel: second } = await loadLater(context, () => undefined).loadLimn();
    const tab = window.createWebviewPanel("limn-test.targets", "Page", ViewColumn.Active);
    second.connect({
      webview: tab.webview,
      visible: true,
      onDidChangeVisibility: () => undefined,
      onDidDispose: tab.onDidDispose,
    });
    const shown = () => second.createFeed().start().snapshot.targets ?? [];
    await waitUntil("the targets are read", async () => shown().length > 0);
    const isTargets = ({ path }: Uri) => path.endsWith("/.limn/targets.json");
    const files = workspace.fs;
    const { promise: later, resolve: goOn } = Promise.withResolvers<void>();
    let [isSlow, hasStarted] = [true, false];
    const stat = async (uri: Uri) => {
      if (isTargets(uri) && isSlow) {
        hasStarted = true;
        await later;
        throw FileSystemError.FileNotFound(uri);
      }
      return files.stat(uri);
    };
    mock.getter(workspace, "fs", () => ({ ...files, stat }));
    const first = second.readTargets();
    await waitUntil("the first reading has started", async () => hasStarted);
    isSlow = false;
    const target = { name: "Card", files: [{ path: "{name}.png", width: 40, height: 40 }] };
    const text = new TextEncoder().encode(JSON.stringify({ targets: [target] }));
    await workspace.fs.writeFile(uriInWorkspace(".limn/targets.json"), text);
    const last = second.readTargets();
    // It waits for the first one.
    await Promise.race([last, wait(500)]);
    goOn();
    await Promise.all([first, last]);
    assert.equal(shown()[0]?.name, "Card");
    tab.dispose();
    await close();
  });

  it("is what the picture's own folder says, if another one has a target of the same name", async () => {
    const second = Uri.file(await mkdtemp(join(tmpdir(), "limn-targets-")));
    const fileOf = (width: number) =>
      new TextEncoder().encode(
        JSON.stringify({ targets: [{ name: "Card", files: [{ path: "{name}-card.png", width, height: width }] }] }),
      );
    await workspace.fs.writeFile(uriInWorkspace(".limn/targets.json"), fileOf(40));
    await workspace.fs.writeFile(Uri.joinPath(second, ".limn/targets.json"), fileOf(50));
    await changeFolders(1, 0, second);
    try {
      await send({ type: "ready" });
      const named = await waitUntil("the targets are read", async () => {
        const found = (await snapshot()).targets?.filter(({ id }) => id === "project-Card") ?? [];
        return found.length > 0 && found;
      });
      // The list has the name once, since jobs remember it.
      assert.equal(named.length, 1);
      const path = `${workspace.workspaceFolders?.[1]?.name ?? assert.fail()}/fox`;
      const forCard = { exportTarget: "project-Card", shape: { width: 1024, height: 1024 }, path };
      const { id, pictures } = await generateAndWait(freshPrompt(), forCard);
      await send({ type: "keep", job: id, picture: pictures[0]?.id ?? "" });
      assert.equal(formatAndSize(await bytesOf(Uri.joinPath(second, "fox-card.png"))), "png 50x50");
    } finally {
      await changeFolders(1, 1);
      await rm(second.fsPath, { recursive: true });
    }
  });

  it("is explained for the size of the form", async () => {
    const preview = async (draft: object) => {
      await send({ type: "previewPath", draft: draftOf("A fox", draft) });
      return (await snapshot()).draft.targetPreview;
    };
    assert.deepEqual(await preview(forOg), {
      target: "og",
      text: "1200\u00a0×\u00a0630\u00a0· JPG\u00a0· at most 300\u00a0kB\u00a0· 7\u00a0% is cut off",
      isTooSmall: false,
      hint,
      crop: { picture: { width: 2720, height: 1536 }, kept: [{ width: 2720, height: 1428 }] },
    });
    assert.partialDeepStrictEqual(await preview({ exportTarget: "og", shape: { width: 1024, height: 1024 } }), {
      text: "1024 × 1024 is too small: 1200 × 630 pixels are needed, and Limn never enlarges a picture.",
      isTooSmall: true,
    });
    assert.equal(await preview({ exportTarget: "no-such-target" }), undefined);
    assert.equal(await preview({}), undefined);
  });

  it("adds its hint to the prompt unless the user declined, and comes back with the settings of a job", async () => {
    const sent = recordRequests();
    for (const draft of [forOg, { ...forOg, hint: false }]) {
      const prompt = freshPrompt();
      const { id } = await generateAndWait(prompt, draft);
      const isHinted = !("hint" in draft);
      const sentPrompt = isHinted ? `${prompt}\n${hint}` : prompt;
      const [job] = await jobFilesOf(prompt);
      assert.deepEqual([job?.request.exportTarget, job?.request.promptHint], ["og", isHinted ? hint : undefined]);
      const view = await findJobView(prompt);
      assert.deepEqual([view?.exportTarget, view?.promptHint], ["og", isHinted ? hint : undefined]);
      await send({ type: "reuse", job: id });
      assert.partialDeepStrictEqual((await snapshot()).draftUpdate?.draft, { prompt, ...forOg, hint: isHinted });
      await send({ type: "makeMore", job: id, in2k: false });
      await waitUntil(
        "the same prompt is sent twice",
        async () => sent.tasks().filter(({ positivePrompt }) => positivePrompt === sentPrompt).length === 2,
      );
    }
  });

  it("leaves room for its hint when the variables of a prompt are filled in", async () => {
    const sent = recordRequests();
    const prompt = freshPrompt("{thing}");
    const generating = await waitForInput("generate", () => send({ type: "generate", draft: draftOf(prompt, forOg) }));
    await typeText("reed ".repeat(490));
    await enter();
    // Without room for the hint, this is no value, so the step still waits.
    await pressEscape();
    await generating.done;
    assert.deepEqual([sent.tasks().length, (await snapshot()).lastError], [0, undefined]);
  });

  it("is written beside the picture when it is kept: every file, also of several pictures in one export", async () => {
    const folder = freshFolder();
    const forSrcset = { exportTarget: "srcset", shape: { width: 2720, height: 1536 }, count: 2, path: `${folder}/fox` };
    const { id, pictures } = await generateAndWait(freshPrompt(), forSrcset);
    await send({ type: "actOnMany", action: "keep", pictures: pictures.map((one) => ({ job: id, picture: one.id })) });
    const names = ["fox", "fox-2"].flatMap((name) => [640, 1080, 1920].map((width) => `${name}-${width}w.webp`));
    assert.deepEqual(await fileNamesIn(folder), [...names, "fox.png", "fox-2.png"].sort());
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/fox-2-640w.webp`))), "webp 640x361");
  });

  it("is cropped around the focus that was chosen on the light table, also when it is exported before and after it is kept", async () => {
    const folder = freshFolder();
    const prompt = freshPrompt();
    const { id, pictures } = await generateAndWait(prompt, { ...forOg, path: `${folder}/fox` });
    const ref = { job: id, picture: pictures[0]?.id ?? "" };
    const { fsPath } = extensions.getExtension("limn.limn")?.extensionUri ?? assert.fail();
    const imaging = createImaging({ processPath: join(fsPath, "dist/imaging-process.js") });
    const partFrom = async (top: number) => {
      const bytes = await bytesOf(uriInWorkspace(`${folder}/fox.png`));
      const crop = { left: 0, top, width: 2720, height: 1428 };
      const shape = { width: 1200, height: 630, margin: 0, background: "#ffffff", maxBytes: 300_000 };
      return Buffer.from((await imaging.exportPicture({ ...shape, crop, format: "JPG", bytes })).bytes);
    };
    const exported = async () => Buffer.from(await bytesOf(uriInWorkspace(`${folder}/fox-og.jpg`)));
    try {
      await send({ type: "open", ...ref });
      const table = await lightTable();
      await table.handleMessage({ type: "findCrop", ...ref });
      await table.handleMessage({ type: "moveCrop", ...ref, focus: { x: 0.5, y: 1 } });
      const notKept = await waitForInput("the export", () =>
        send({ type: "actOnMany", action: "export", pictures: [ref] }),
      );
      await typeText("og:image");
      await enterUntilDone(notKept);
      const exportedFirst = await exported();
      await rm(uriInWorkspace(`${folder}/fox-og.jpg`).fsPath);
      await table.handleMessage({ type: "moveCrop", ...ref, focus: { x: 0.5, y: 0 } });
      await table.handleMessage({ type: "keep", ...ref });
      const [ofTop, ofBottom] = await Promise.all([partFrom(0), partFrom(1536 - 1428)]);
      assert.deepEqual(exportedFirst, ofBottom);
      assert.notDeepEqual(ofTop, ofBottom);
      assert.deepEqual(await exported(), ofTop);
      await table.handleMessage({ type: "moveCrop", ...ref, focus: { x: 0.5, y: 1 } });
      await rm(uriInWorkspace(`${folder}/fox-og.jpg`).fsPath);
      await table.handleMessage({ type: "exportAgain", ...ref });
      assert.deepEqual(await exported(), ofBottom);
      const focusOf = async () => (await jobFilesOf(prompt))[0]?.pictures[0]?.focus;
      assert.deepEqual(await focusOf(), { x: 0.5, y: 1 });
      await table.handleMessage({ type: "moveCrop", ...ref });
      assert.equal(await focusOf(), undefined);
    } finally {
      (await lightTable()).close();
      await imaging.dispose();
    }
  });

  it("keeps a picture that is too small for its target, and explains what is missing", async () => {
    const folder = freshFolder();
    const { id, pictures } = await generateAndWait(freshPrompt(), { exportTarget: "og", path: `${folder}/fox` });
    await send({ type: "keep", job: id, picture: pictures[0]?.id ?? "" });
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    assert.equal(
      (await snapshot()).lastError?.message,
      `${folder}/fox.png has 1024 × 1024 pixels, and og:image needs 1200 × 630. Limn never enlarges a picture. Choose a larger one.`,
    );
    await send({ type: "dismissError" });
  });

  it("is offered as soon as the file of the project's targets is saved, while the panel is visible", async () => {
    await commands.executeCommand("limn.panel.focus");
    await waitUntil("the panel is visible", async () => (await panel()).isVisible);
    const isOffered = async () => (await snapshot()).targets?.some(({ name }) => name === "Poster") === true;
    const files = [{ path: "{name}-poster.png", width: 1024, height: 1024 }];
    const text = new TextEncoder().encode(JSON.stringify({ targets: [{ name: "Poster", files }] }));
    const watcher = workspace.createFileSystemWatcher("**/.limn/targets.json");
    const isReported = new Promise((resolve) => {
      watcher.onDidCreate(resolve);
      watcher.onDidChange(resolve);
    });
    try {
      await waitUntil("the targets are read", async () => (await snapshot()).targets !== undefined);
      assert.equal(await isOffered(), false);
      await workspace.fs.writeFile(uriInWorkspace(".limn/targets.json"), text);
      await waitUntil("the target is offered", isOffered);
      // VS Code reports nothing of a file that is deleted before its creation was reported.
      await isReported;
      await rm(uriInWorkspace(".limn/targets.json").fsPath);
      await waitUntil("the target is not offered any more", async () => !(await isOffered()));
    } finally {
      watcher.dispose();
      await commands.executeCommand("workbench.view.explorer");
    }
  });

  it("sends nothing for a target that is not offered, and explains it", async () => {
    const sent = recordRequests();
    await send({ type: "generate", draft: draftOf(freshPrompt(), { exportTarget: "project-gone" }) });
    assert.match((await snapshot()).lastError?.message ?? "", /not offered any more, so nothing was sent/);
    assert.equal(sent.tasks().length, 0);
    await send({ type: "dismissError" });
  });

  it("keeps a picture whose target is not offered any more, and warns that no other file was written", async () => {
    const folder = freshFolder();
    const files = [{ path: "{name}-small.png", width: 512, height: 512 }];
    const text = new TextEncoder().encode(JSON.stringify({ targets: [{ name: "Teaser", files }] }));
    await workspace.fs.writeFile(uriInWorkspace(".limn/targets.json"), text);
    const draft = { exportTarget: "project-Teaser", path: `${folder}/fox` };
    const { id, pictures } = await generateAndWait(freshPrompt(), draft);
    await rm(uriInWorkspace(".limn/targets.json").fsPath);
    await send({ type: "keep", job: id, picture: pictures[0]?.id ?? "" });
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    const sentence = `${folder}/fox.png was made for a target that is not offered any more, so no other file was written.`;
    await waitUntil("the log says it", async () => (await readLogs()).includes(sentence));
  });

  it("does not decide on the size of the next request", async () => {
    await generateAndWait(freshPrompt(), { shape: { width: 2048, height: 2048 } });
    await generateAndWait(freshPrompt(), forOg);
    assert.deepEqual((await snapshot()).draft.defaults.size, { width: 2048, height: 2048 });
  });
});
