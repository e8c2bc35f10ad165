import assert from "node:assert/strict";
import { chmod, lstat, mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { commands } from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { bytesOf, fileNamesIn, formatAndSize, freshFolder, uriInWorkspace } from "../support/files.ts";
import { clearReferences, firstPicture, freshPrompt, generateAndWait, send, snapshot } from "../support/panel.ts";
import { enter, typeText, waitForInput } from "../support/quickInput.ts";

const greyImage = greyPng(300, 300, 99);
const errorShown = async () => (await snapshot()).lastError?.message ?? "";
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

/** Writes a grey picture and returns its path. */
async function writeGreyImage(folder: string, name: string): Promise<string> {
  const { fsPath } = uriInWorkspace(`${folder}/${name}`);
  await mkdir(dirname(fsPath), { recursive: true });
  await writeFile(fsPath, greyImage);
  return fsPath;
}

/** Generates a picture from this file and returns the page's reference to it. */
async function editFile(path: string): Promise<{ readonly job: string; readonly picture: string }> {
  await clearReferences();
  await send({ type: "dropUris", list: uriInWorkspace(path).toString() });
  return firstPicture(await generateAndWait(freshPrompt("At night"))).ref;
}

describe("Replace through a symlink", () => {
  after(clearReferences);

  it("overwrites the target and keeps the symlink; one undo restores the old state", async () => {
    const folder = freshFolder();
    const real = await writeGreyImage(folder, "versions/hut-2.png");
    const link = uriInWorkspace(`${folder}/hut.png`).fsPath;
    await symlink("versions/hut-2.png", link);
    const ref = await editFile(`${folder}/hut.png`);
    await send({ type: "replace", ...ref });
    assert.equal(await errorShown(), "");
    assert.equal(await readlink(link), "versions/hut-2.png");
    assert.equal(formatAndSize(await readFile(real)), "png 1024x1024");
    await commands.executeCommand("limn.undoReplace");
    assert.equal(await readlink(link), "versions/hut-2.png");
    assert.ok((await lstat(real)).isFile());
    assert.deepEqual(await readFile(real), greyImage);
    assert.deepEqual(await fileNamesIn(`${folder}/versions`), ["hut-2.png"]);
  });

  it("is refused if it leads out of the workspace, and changes neither file", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    const folder = freshFolder();
    const path = await writeGreyImage(folder, "hut.png");
    const ref = await editFile(`${folder}/hut.png`);
    await writeFile(join(outside, "private.png"), greyImage);
    await rm(path);
    await symlink(join(outside, "private.png"), path);
    await send({ type: "replace", ...ref });
    assert.match(
      await errorShown(),
      /hut\.png leads out of the workspace folder through a link, to .*private\.png\. It was/,
    );
    assert.equal(await readlink(path), join(outside, "private.png"));
    assert.deepEqual(await readFile(join(outside, "private.png")), greyImage);
    await rm(outside, { recursive: true });
  });

  it("uses the format of the target", async () => {
    const folder = freshFolder();
    const real = await writeGreyImage(folder, "hut-2.png");
    await symlink("hut-2.png", uriInWorkspace(`${folder}/hut.webp`).fsPath);
    const ref = await editFile(`${folder}/hut.webp`);
    await send({ type: "replace", ...ref });
    assert.equal(formatAndSize(await readFile(real)), "png 1024x1024");
  });
});

describe("a replaced file", () => {
  after(clearReferences);

  for (const mode of [0o664, 0o640, 0o755]) {
    it(`keeps its mode ${mode.toString(8)}, also after undo`, async () => {
      const folder = freshFolder();
      const path = await writeGreyImage(folder, "grey.png");
      await chmod(path, mode);
      const ref = await editFile(`${folder}/grey.png`);
      await send({ type: "replace", ...ref });
      assert.deepEqual(
        [formatAndSize(await bytesOf(uriInWorkspace(`${folder}/grey.png`))), await modeOf(path)],
        ["png 1024x1024", mode],
      );
      await commands.executeCommand("limn.undoReplace");
      assert.deepEqual([await readFile(path), await modeOf(path)], [greyImage, mode]);
    });
  }

  // A test window throws instead of showing a modal dialog; test/e2e tests the answers.
  it("needs a confirmation if it is read-only, and does not change without one", async () => {
    const folder = freshFolder();
    const path = await writeGreyImage(folder, "grey.png");
    await chmod(path, 0o444);
    const ref = await editFile(`${folder}/grey.png`);
    await send({ type: "replace", ...ref });
    assert.match(
      await errorShown(),
      /refused to show dialog in tests.*grey\.png is read-only\. Overwrite it anyway\?/s,
    );
    assert.deepEqual([await readFile(path), await modeOf(path)], [greyImage, 0o444]);
    assert.deepEqual(await fileNamesIn(folder), ["grey.png"]);
    await send({ type: "dismissError" });
  });

  it("needs a confirmation before undo as well, and undo can be tried again", async () => {
    const folder = freshFolder();
    const path = await writeGreyImage(folder, "grey.png");
    const ref = await editFile(`${folder}/grey.png`);
    await send({ type: "replace", ...ref });
    const replaced = await readFile(path);
    await chmod(path, 0o444);
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await readFile(path), replaced);
    await chmod(path, 0o644);
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual([await readFile(path), await modeOf(path)], [greyImage, 0o644]);
  });
});

describe("the prompts of a repository", () => {
  const shared = uriInWorkspace(".limn/prompts.json").fsPath;
  const library = JSON.stringify({ prompts: [{ name: "Hero", text: "A hut" }] });
  beforeEach(() => mkdir(dirname(shared), { recursive: true }));
  afterEach(async () => {
    await rm(shared, { force: true });
    await send({ type: "dismissError" });
    await send({ type: "ready" });
  });

  /** Renames the prompt in the repository's file. */
  async function rename(): Promise<void> {
    await send({ type: "ready" });
    const hero = (await snapshot()).saved.find(({ name }) => name === "Hero");
    assert.ok(hero);
    const asking = await waitForInput("renamePrompt", () => send({ type: "renamePrompt", id: hero.id }));
    await typeText("Opening");
    await enter();
    await asking.done;
  }

  it("are written through a symlink, which is kept, as is the target's mode", async () => {
    const folder = freshFolder();
    const real = uriInWorkspace(`${folder}/team.json`).fsPath;
    await mkdir(dirname(real), { recursive: true });
    await writeFile(real, library);
    await chmod(real, 0o664);
    await symlink(real, shared);
    await rename();
    assert.equal(await readlink(shared), real);
    assert.equal(await modeOf(real), 0o664);
    assert.equal(JSON.parse(await readFile(real, "utf8")).prompts[0].name, "Opening");
  });

  it("are not written to a read-only file without a confirmation", async () => {
    await writeFile(shared, library);
    await chmod(shared, 0o444);
    await rename();
    assert.match(
      await errorShown(),
      /refused to show dialog in tests.*prompts\.json is read-only\. Overwrite it anyway\?/s,
    );
    assert.equal(await readFile(shared, "utf8"), library);
  });
});
