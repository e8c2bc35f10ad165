import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationTarget, commands, Uri, workspace } from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { changeFolders } from "../support/changeFolders.ts";
import { edit, fastOptions, generate, rejectionMessage, waitUntil } from "../support/commands.ts";
import {
  fileNamesIn,
  filesBelow,
  formatAndSize,
  freshFolder,
  jobFilesOf,
  uriInWorkspace,
  vaultFolder,
} from "../support/files.ts";
import {
  clearReferences,
  draftOf,
  firstPicture,
  freshPrompt,
  generateAndWait,
  send,
  snapshot,
} from "../support/panel.ts";
import { recordRequests } from "../support/testService.ts";

/** A folder with a picture outside the workspace, which Limn must not change. */
let outsideFolder: string;
const greyPicture = greyPng(300, 300, 99);

/** Creates the outside folder before each test of a suite, and checks it after each. */
function guardOutsideFolder(): void {
  beforeEach(async () => {
    outsideFolder = await mkdtemp(join(tmpdir(), "limn-outside-"));
    await writeFile(join(outsideFolder, "private.png"), greyPicture);
  });

  afterEach(async () => {
    assert.deepEqual(await readdir(outsideFolder), ["private.png"], "Something was written outside the workspace.");
    assert.deepEqual(await readFile(join(outsideFolder, "private.png")), greyPicture);
    await rm(outsideFolder, { recursive: true });
  });
}

/** Creates a symlink in the workspace and returns its path. */
async function createSymlink(target: string): Promise<string> {
  const name = freshFolder();
  await mkdir(join(uriInWorkspace(name).fsPath, ".."), { recursive: true });
  await symlink(target, uriInWorkspace(name).fsPath);
  return name;
}

describe("a symlink to a folder outside the workspace", () => {
  guardOutsideFolder();
  it("is refused at any depth, and nothing is sent", async () => {
    const folder = await createSymlink(outsideFolder);
    const sent = recordRequests();
    for (const path of [
      `${folder}/fox.png`,
      `${folder}/deep/er/fox.png`,
      uriInWorkspace(`${folder}/fox.png`).toString(),
    ]) {
      assert.match(
        await rejectionMessage(generate({ ...fastOptions, prompt: "A fox", path })),
        new RegExp(`^${folder}\\S* leads out of the workspace folder through a link, to ${outsideFolder}`),
      );
    }
    assert.equal(sent.requests().length, 0);
  });

  it("is refused if its target does not exist yet", async () => {
    const folder = await createSymlink(join(outsideFolder, "new"));
    const message = await rejectionMessage(generate({ ...fastOptions, prompt: "A fox", path: `${folder}/fox.png` }));
    assert.match(
      message,
      new RegExp(`^${folder} leads out of the workspace folder through a link, to ${outsideFolder}/new\\.`),
    );
  });

  it("is refused if it points to itself", async () => {
    const folder = freshFolder();
    await mkdir(join(uriInWorkspace(folder).fsPath, ".."), { recursive: true });
    await symlink(uriInWorkspace(folder).fsPath, uriInWorkspace(folder).fsPath);
    assert.match(
      await rejectionMessage(generate({ ...fastOptions, prompt: "A fox", path: `${folder}/fox.png` })),
      /Choose another/,
    );
  });

  it("is refused if the workspace's settings name it", async () => {
    const settings = workspace.getConfiguration("limn");
    await settings.update("folder", await createSymlink(outsideFolder), ConfigurationTarget.Workspace);
    try {
      assert.match(
        await rejectionMessage(generate({ ...fastOptions, prompt: "A fox" })),
        /leads out of the workspace folder/,
      );
      await send({ type: "generate", draft: draftOf("A fox") });
      assert.match((await snapshot()).lastError?.message ?? "", /leads out of the workspace folder/);
      await send({ type: "previewPath", draft: draftOf("A fox") });
      assert.match((await snapshot()).draft.savePathPreview?.error ?? "", /leads out of the workspace folder/);
    } finally {
      await settings.update("folder", undefined, ConfigurationTarget.Workspace);
      await send({ type: "dismissError" });
    }
  });

  it("is refused if it was created while the job ran, and the picture stays in the vault", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt("A late fox [sandbox:delay=1]")];
    const sent = recordRequests();
    const message = rejectionMessage(
      generate({ ...fastOptions, deliveryMethod: "async", prompt, path: `${folder}/fox.png` }),
    );
    await waitUntil("the request is sent", async () => sent.tasks().length === 1);
    await mkdir(join(uriInWorkspace(folder).fsPath, ".."), { recursive: true });
    await symlink(outsideFolder, uriInWorkspace(folder).fsPath);
    assert.match(await message, /leads out of the workspace folder.*The picture is safe: /);
    const [job] = await jobFilesOf(prompt);
    const [picture] = job?.pictures ?? [];
    assert.deepEqual(picture?.kept, []);
    const safe = (await filesBelow(vaultFolder)).find(({ path }) => path.endsWith(picture?.file ?? "?"));
    assert.equal(formatAndSize(safe?.bytes ?? new Uint8Array()), "png 1024x1024");
  });

  it("is accepted if its target is a workspace folder as well", async () => {
    const second = await mkdtemp(join(tmpdir(), "limn-shared-"));
    const folder = await createSymlink(second);
    await changeFolders(1, 0, Uri.file(second));
    try {
      await generate({ ...fastOptions, prompt: "A fox", path: `${folder}/fox.png` });
      assert.deepEqual(await readdir(second), ["fox.png"]);
    } finally {
      await changeFolders(1, 1);
      await rm(second, { recursive: true });
    }
  });

  it("is accepted if its target is inside the workspace", async () => {
    const real = freshFolder();
    await mkdir(uriInWorkspace(real).fsPath, { recursive: true });
    const folder = await createSymlink(uriInWorkspace(real).fsPath);
    await generate({ ...fastOptions, prompt: "A fox", path: `${folder}/fox.png` });
    assert.deepEqual(await fileNamesIn(real), ["fox.png"]);
  });
});

describe("a symlink to an image outside the workspace", () => {
  guardOutsideFolder();
  beforeEach(clearReferences);
  after(clearReferences);

  it("is refused as a reference in commands and menus, and nothing is sent", async () => {
    const folder = await createSymlink(outsideFolder);
    const link = `${freshFolder()}.png`;
    await symlink(join(outsideFolder, "private.png"), uriInWorkspace(link).fsPath);
    const sent = recordRequests();
    for (const path of [`${folder}/private.png`, link]) {
      assert.match(
        await rejectionMessage(edit({ ...fastOptions, prompt: "Bluer", references: [path], path: freshFolder() })),
        new RegExp(
          `^${path} is a link out of the workspace folder, to ${outsideFolder}/private\\.png\\. Choose that file`,
        ),
      );
      await commands.executeCommand("limn.addReferences", uriInWorkspace(path), [uriInWorkspace(path)]);
      assert.deepEqual((await snapshot()).draft.references, []);
    }
    assert.equal(sent.requests().length, 0);
  });

  it("is not sent if it replaced the chosen file", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/hut.png`).fsPath, greyPicture);
    await send({ type: "dropUris", list: uriInWorkspace(`${folder}/hut.png`).toString() });
    await rename(uriInWorkspace(folder).fsPath, `${uriInWorkspace(folder).fsPath}-before`);
    await symlink(outsideFolder, uriInWorkspace(folder).fsPath);
    await rm(uriInWorkspace(`${folder}-before/hut.png`).fsPath);
    await symlink(join(outsideFolder, "private.png"), uriInWorkspace(`${folder}-before/hut.png`).fsPath);
    await rm(uriInWorkspace(folder).fsPath);
    await rename(`${uriInWorkspace(folder).fsPath}-before`, uriInWorkspace(folder).fsPath);
    const sent = recordRequests();
    await send({ type: "generate", draft: draftOf("At night") });
    assert.match((await snapshot()).lastError?.message ?? "", /hut\.png is a link out of the workspace folder/);
    assert.equal(sent.requests().length, 0);
  });

  it("is not overwritten by Replace or its undo if its folder became a symlink", async () => {
    const folder = freshFolder();
    const { fsPath } = uriInWorkspace(folder);
    await mkdir(fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/private.png`).fsPath, greyPng(300, 300, 7));
    await send({ type: "dropUris", list: uriInWorkspace(`${folder}/private.png`).toString() });
    const { ref } = firstPicture(await generateAndWait(freshPrompt("At night")));
    await rename(fsPath, `${fsPath}-real`);
    await symlink(outsideFolder, fsPath);
    await send({ type: "replace", ...ref });
    assert.match((await snapshot()).lastError?.message ?? "", /leads out of the workspace folder/);
    await rm(fsPath);
    await rename(`${fsPath}-real`, fsPath);
    await send({ type: "replace", ...ref });
    assert.equal(formatAndSize(await readFile(join(fsPath, "private.png"))), "png 1024x1024");
    const replaced = await readFile(join(fsPath, "private.png"));
    await rename(fsPath, `${fsPath}-real`);
    await symlink(outsideFolder, fsPath);
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await readFile(join(`${fsPath}-real`, "private.png")), replaced);
  });
});
