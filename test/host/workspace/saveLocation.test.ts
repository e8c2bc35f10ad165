import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationTarget, commands, Uri, window, workspace } from "vscode";
import { parseSavePath } from "../../../src/host/workspace/saveLocation.ts";
import { shownPath } from "../../../src/host/workspace/workspaceFolders.ts";
import { greyPng } from "../../support/greyPng.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { edit, fastOptions, generate, rejectionMessage, waitUntil } from "../support/commands.ts";
import {
  bytesOf,
  describeFile,
  fileNamesIn,
  filesBelow,
  formatAndSize,
  freshFolder,
  jobFilesOf,
  uriInWorkspace,
  vaultFolder,
} from "../support/files.ts";
import { type MemoryFiles, registerMemoryFiles } from "../support/memoryFiles.ts";
import { draftOf, firstPicture, generateAndWait, send, snapshot, waitForEnd } from "../support/panel.ts";
import { enter, enterTimes, runUntilInput, typeText } from "../support/quickInput.ts";
import { recordRequests } from "../support/testService.ts";

describe("files in a virtual file system", () => {
  const registered: MemoryFiles[] = [];
  const files = (...parameters: Parameters<typeof registerMemoryFiles>) => {
    const memoryFiles = registerMemoryFiles(...parameters);
    registered.push(memoryFiles);
    return memoryFiles;
  };
  afterEach(() => {
    for (const memoryFiles of registered.splice(0)) {
      memoryFiles.dispose();
    }
  });

  it("are saved and read through VS Code's API, and overwrite no file", async () => {
    const memory = files("memfs", { "/art/fox.png": greyPng(400, 300, 128) });
    const path = Uri.from({ scheme: "memfs", path: "/art/new/fox.png" });
    const sent = recordRequests();
    const references = [Uri.from({ scheme: "memfs", path: "/art/fox.png" })];
    const first = await edit({ ...fastOptions, prompt: "At dawn", references, path });
    const second = await generate({ ...fastOptions, prompt: "At dawn", path: path.toString() });
    assert.deepEqual([...first.files, ...second.files], ["memfs:/art/new/fox.png", "memfs:/art/new/fox-2.png"]);
    assert.deepEqual(memory.paths(), ["/art/fox.png", "/art/new/fox-2.png", "/art/new/fox.png"]);
    assert.equal(formatAndSize(await bytesOf(first.files[0] ?? "")), "png 1024x1024");
    assert.equal(sent.tasks()[0]?.inputs?.referenceImages?.length, 1);
  });

  it("are refused before anything is sent if the file system is read-only", async () => {
    files("frozen", { "/art/fox.png": greyPng(400, 300, 128) }, { isReadonly: true });
    const sent = recordRequests();
    const path = Uri.from({ scheme: "frozen", path: "/art/owl.png" });
    assert.match(
      await rejectionMessage(generate({ ...fastOptions, prompt: "An owl", path })),
      /art is read-only\. Choose another folder\.$/,
    );
    assert.equal(sent.requests().length, 0);
  });

  it("that cannot be written lose no picture: it stays in the vault, and the job is unfinished", async () => {
    files("broken", {}, { isBroken: true });
    const prompt = "A crow that could not be saved";
    const path = Uri.from({ scheme: "broken", path: "/art/crow.png" });
    assert.match(
      await rejectionMessage(generate({ ...fastOptions, prompt, path })),
      /crow\.png could not be written\. .*The disk is full\. The picture is safe: “Limn: Show Unfinished Jobs”/,
    );
    const [job] = await jobFilesOf(prompt);
    const [picture] = job?.pictures ?? [];
    assert.deepEqual([job?.state, picture?.kept], ["done", []]);
    const vault = await filesBelow(vaultFolder);
    const safe = vault.find((file) => file.path.endsWith(picture?.file ?? "?"));
    assert.equal(formatAndSize(safe?.bytes ?? new Uint8Array()), "png 1024x1024");
  });
});

describe("a path through a file", () => {
  it("is refused before anything is sent", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(`${folder}/..`).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(folder).fsPath, "a file");
    const sent = recordRequests();
    assert.equal(
      await rejectionMessage(generate({ ...fastOptions, prompt: "A fox", path: `${folder}/deep/er/fox.png` })),
      `${folder} is a file, not a folder. Choose another path.`,
    );
    assert.equal(sent.requests().length, 0);
  });
});

describe("several workspace folders", () => {
  let second: Uri;
  before(async () => {
    second = Uri.file(await mkdtemp(join(tmpdir(), "limn-second-")));
    await mkdir(join(second.fsPath, "images"));
    await writeFile(join(second.fsPath, "images", "grey.png"), greyPng(400, 300, 90));
    await changeFolders(1, 0, second);
  });
  after(async () => {
    await changeFolders(1, 1);
    await rm(second.fsPath, { recursive: true });
  });

  const name = () => workspace.getWorkspaceFolder(second)?.name ?? "?";

  it("save in the first one, unless the path starts with the name of another", async () => {
    const folder = freshFolder();
    await generate({ ...fastOptions, prompt: "A fox", path: `${folder}/fox.png` });
    const { files } = await generate({ ...fastOptions, prompt: "A fox", path: `${name()}/art/fox.png` });
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    assert.deepEqual(files, [Uri.joinPath(second, "art/fox.png").toString()]);
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["fox.png: png 1024x1024"]);
  });

  it("provide references by paths that start with their name", async () => {
    const sent = recordRequests();
    await edit({ ...fastOptions, prompt: "Bluer", references: [`${name()}/images/grey.png`], path: freshFolder() });
    assert.equal(sent.tasks()[0]?.inputs?.referenceImages?.length, 1);
  });

  it("cannot be left by a path with “..”", async () => {
    for (const path of [`${name()}/../fox.png`, `${name()}/a/../../fox.png`]) {
      assert.match(
        await rejectionMessage(generate({ ...fastOptions, prompt: "A fox", path })),
        /leads out of the workspace folder/,
      );
    }
    const references = [`${name()}/../workspace/images/hut.png`];
    assert.match(
      await rejectionMessage(edit({ ...fastOptions, prompt: "Bluer", references })),
      /leads out of the workspace folder/,
    );
  });

  it("have their own formats", async () => {
    const settings = workspace.getConfiguration("limn", second);
    await settings.update("format", "webp", ConfigurationTarget.WorkspaceFolder);
    await waitUntil(
      "the setting is read",
      async () => workspace.getConfiguration("limn", second).get("format") === "webp",
    );
    const { files } = await generate({ ...fastOptions, prompt: "A pike", path: `${name()}/pike` });
    const other = await generate({ ...fastOptions, prompt: "A pike", path: `${freshFolder()}/pike` });
    assert.deepEqual(await Promise.all([...files, ...other.files].map(describeFile)), [
      "pike.webp: webp 1024x1024",
      "pike.jpg: jpg 1024x1024",
    ]);
  });
});

describe("one workspace folder", () => {
  it("is shown by its name, and its files by their paths in it", () => {
    assert.equal(shownPath(uriInWorkspace(".")), "workspace");
    assert.equal(shownPath(uriInWorkspace("images/fox.png")), "images/fox.png");
  });
});

describe("several workspace folders with the same name", () => {
  let above: string;
  let [one, two]: [Uri, Uri] = [Uri.file("/"), Uri.file("/")];
  before(async () => {
    above = await mkdtemp(join(tmpdir(), "limn-namesakes-"));
    [one, two] = [Uri.file(join(above, "one", "web")), Uri.file(join(above, "two", "web"))];
    for (const [folder, grey] of [
      [one, 40],
      [two, 90],
    ] as const) {
      await mkdir(join(folder.fsPath, "images"), { recursive: true });
      await writeFile(join(folder.fsPath, "page.md"), "A page\n");
      await writeFile(join(folder.fsPath, "images", "grey.png"), greyPng(300, 300, grey));
    }
    await changeFolders(1, 0, one, two);
  });
  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await changeFolders(1, 2);
    await rm(above, { recursive: true });
  });
  afterEach(() => commands.executeCommand("workbench.action.closeAllEditors"));

  const open = async (uri: Uri) => window.showTextDocument(await workspace.openTextDocument(uri));

  it("are shown with their parent folder, and the shown path leads back to the same file", () => {
    for (const [root, label] of [
      [one, "one/web"],
      [two, "two/web"],
      [uriInWorkspace("."), "workspace"],
    ] as const) {
      for (const name of ["images/grey.png", "a b/web/\u202egnp.png", "{{x}}/it's (new)!.png"]) {
        const file = Uri.joinPath(root, name);
        const shown = shownPath(file);
        assert.ok(shown.startsWith(`${label}/`), shown);
        const { folder, name: stem } = parseSavePath(shown, "{slug}");
        assert.equal(Uri.joinPath(folder, `${stem}.png`).toString(), file.toString());
      }
      assert.equal(shownPath(root), label);
    }
  });

  it("provide references and save pictures by their labels", async () => {
    const sent = recordRequests();
    const [first, second] = [
      await edit({
        ...fastOptions,
        prompt: "Bluer",
        references: ["one/web/images/grey.png"],
        path: "one/web/art/a.png",
      }),
      await edit({
        ...fastOptions,
        prompt: "Bluer",
        references: ["two/web/images/grey.png"],
        path: "two/web/art/a.png",
      }),
    ];
    assert.deepEqual(
      [...first.files, ...second.files],
      [one, two].map((root) => Uri.joinPath(root, "art/a.png").toString()),
    );
    const [image, other] = sent.tasks().map(({ inputs }) => inputs?.referenceImages?.[0]);
    assert.ok(image !== undefined && other !== undefined && image !== other);
  });

  it("are ambiguous by their bare name, unless the active document is in one of them", async () => {
    const argument = { ...fastOptions, prompt: "Bluer", references: ["web/images/grey.png"], path: "web/art/b.png" };
    const sent = recordRequests();
    const message = await rejectionMessage(edit(argument));
    assert.equal(message, "Several folders are called “web”. Begin the path with “one/web” or “two/web”.");
    assert.equal(sent.requests().length, 0);
    await open(Uri.joinPath(two, "page.md"));
    const { files } = await edit(argument);
    assert.deepEqual(files, [Uri.joinPath(two, "art/b.png").toString()]);
    const { files: plain } = await generate({ ...fastOptions, prompt: "A pike", path: "art/pike.png" });
    assert.deepEqual(plain, [Uri.joinPath(two, "art/pike.png").toString()]);
  });

  it("get a picture of the flow beside its reference file", async () => {
    const { done } = await runUntilInput("limn.edit", Uri.joinPath(two, "images/grey.png"));
    await typeText("At dusk");
    await enterTimes(3);
    await enter();
    const result = await done;
    assert.deepEqual(result, { files: [Uri.joinPath(two, "images/grey-edit.png").toString()], cost: 0.028 });
  });

  it("have their own paths in the panel, which keeps pictures at the shown path", async () => {
    await open(Uri.joinPath(two, "page.md"));
    await send({ type: "ready" });
    const { path } = (await snapshot()).draft.defaults;
    assert.equal(path, "two/web/images/{slug}");
    await send({ type: "previewPath", draft: draftOf("A perch", { path }) });
    assert.equal((await snapshot()).draft.savePathPreview?.savePath, "two/web/images/a-perch.png");
    await generateAndWait("A perch", { path });
    await send({ type: "keep", ...firstPicture(await waitForEnd("A perch")).ref });
    assert.deepEqual(await bytesOf(Uri.joinPath(two, "images/a-perch.png")).then(formatAndSize), "png 1024x1024");
  });
});

describe("a window without a folder", () => {
  let first: Uri;
  before(async () => {
    first = uriInWorkspace(".");
    await changeFolders(0, 1);
  });
  after(() => changeFolders(0, 0, first));

  it("refuses a path but accepts a URI", async () => {
    const sent = recordRequests();
    const message = await rejectionMessage(generate({ ...fastOptions, prompt: "A fox", path: "images/fox.png" }));
    assert.equal(message, "No folder is open, so a path says too little. Open a folder first.");
    assert.equal(await rejectionMessage(generate({ ...fastOptions, prompt: "A fox" })), message);
    assert.equal(sent.requests().length, 0);
    const path = Uri.joinPath(first, "made/without-folder.png");
    const { files } = await generate({ ...fastOptions, prompt: "A fox", path });
    assert.deepEqual(files, [path.toString()]);
  });
});
