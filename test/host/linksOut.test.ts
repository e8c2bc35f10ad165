import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationTarget, commands, Uri, workspace } from "vscode";
import { changeFolders } from "./changeFolders.ts";
import { edit, generate, quick, refusal, until } from "./commands.ts";
import { at, facts, filesBelow, freshFolder, jobsOf, namesIn, vaultFolder } from "./files.ts";
import { clearReferences, draft, first, freshPrompt, made, send, snapshot } from "./panel.ts";
import { greyPng } from "./png.ts";
import { record } from "./service.ts";

/** A folder outside the workspace, which none of these tests may touch, and a picture in it. */
let outside: string;
const grey = greyPng(300, 300, 99);

/** Puts a folder outside for each test of a suite, and sees afterwards that it is as it was. */
function watchOutside(): void {
  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    await writeFile(join(outside, "private.png"), grey);
  });

  afterEach(async () => {
    assert.deepEqual(await readdir(outside), ["private.png"], "Something was written outside the workspace.");
    assert.deepEqual(await readFile(join(outside, "private.png")), grey);
    await rm(outside, { recursive: true });
  });
}

/** A folder of the workspace that is a link, and its name there. */
async function linkTo(target: string): Promise<string> {
  const name = freshFolder();
  await mkdir(join(at(name).fsPath, ".."), { recursive: true });
  await symlink(target, at(name).fsPath);
  return name;
}

describe("a folder of the workspace that is a link out of it", () => {
  watchOutside();
  it("takes no picture, however deep, and nothing is sent", async () => {
    const folder = await linkTo(outside);
    const sent = record();
    for (const path of [`${folder}/fox.png`, `${folder}/deep/er/fox.png`, at(`${folder}/fox.png`).toString()]) {
      assert.match(
        await refusal(generate({ ...quick, prompt: "A fox", path })),
        new RegExp(`^${folder}\\S* leads out of the workspace folder through a link, to ${outside}`),
      );
    }
    assert.equal(sent.requests().length, 0);
  });

  it("takes none where it points at what is not there yet", async () => {
    const folder = await linkTo(join(outside, "new"));
    const said = await refusal(generate({ ...quick, prompt: "A fox", path: `${folder}/fox.png` }));
    assert.match(said, new RegExp(`^${folder} leads out of the workspace folder through a link, to ${outside}/new\\.`));
  });

  it("takes none where it goes round in a circle", async () => {
    const folder = freshFolder();
    await mkdir(join(at(folder).fsPath, ".."), { recursive: true });
    await symlink(at(folder).fsPath, at(folder).fsPath);
    assert.match(await refusal(generate({ ...quick, prompt: "A fox", path: `${folder}/fox.png` })), /Choose another/);
  });

  it("takes none where the workspace's settings name it", async () => {
    const settings = workspace.getConfiguration("limn");
    await settings.update("folder", await linkTo(outside), ConfigurationTarget.Workspace);
    try {
      assert.match(await refusal(generate({ ...quick, prompt: "A fox" })), /leads out of the workspace folder/);
      await send({ type: "generate", draft: draft("A fox") });
      assert.match((await snapshot()).trouble?.message ?? "", /leads out of the workspace folder/);
      await send({ type: "previewPath", draft: draft("A fox") });
      assert.match((await snapshot()).draft.target?.error ?? "", /leads out of the workspace folder/);
    } finally {
      await settings.update("folder", undefined, ConfigurationTarget.Workspace);
      await send({ type: "dismissTrouble" });
    }
  });

  it("takes none where it became a link while the picture was made: the picture stays in the vault", async () => {
    const [folder, prompt] = [freshFolder(), freshPrompt("A late fox [sandbox:delay=1]")];
    const sent = record();
    const said = refusal(generate({ ...quick, deliveryMethod: "async", prompt, path: `${folder}/fox.png` }));
    await until("it is sent", async () => sent.tasks().length === 1);
    await mkdir(join(at(folder).fsPath, ".."), { recursive: true });
    await symlink(outside, at(folder).fsPath);
    assert.match(await said, /leads out of the workspace folder.*The picture is safe: /);
    const [job] = await jobsOf(prompt);
    const [picture] = job?.pictures ?? [];
    assert.deepEqual(picture?.kept, []);
    const safe = (await filesBelow(vaultFolder)).find(({ path }) => path.endsWith(picture?.file ?? "?"));
    assert.equal(facts(safe?.bytes ?? new Uint8Array()), "png 1024x1024");
  });

  it("takes pictures once its target is a folder of the workspace as well", async () => {
    const second = await mkdtemp(join(tmpdir(), "limn-shared-"));
    const folder = await linkTo(second);
    await changeFolders(1, 0, Uri.file(second));
    try {
      await generate({ ...quick, prompt: "A fox", path: `${folder}/fox.png` });
      assert.deepEqual(await readdir(second), ["fox.png"]);
    } finally {
      await changeFolders(1, 1);
      await rm(second, { recursive: true });
    }
  });

  it("takes pictures where the link stays inside", async () => {
    const real = freshFolder();
    await mkdir(at(real).fsPath, { recursive: true });
    const folder = await linkTo(at(real).fsPath);
    await generate({ ...quick, prompt: "A fox", path: `${folder}/fox.png` });
    assert.deepEqual(await namesIn(real), ["fox.png"]);
  });
});

describe("an image of the workspace that is a link out of it", () => {
  watchOutside();
  beforeEach(clearReferences);
  after(clearReferences);

  it("is no reference, whoever names it, and nothing is sent", async () => {
    const folder = await linkTo(outside);
    const link = `${freshFolder()}.png`;
    await symlink(join(outside, "private.png"), at(link).fsPath);
    const sent = record();
    for (const path of [`${folder}/private.png`, link]) {
      assert.match(
        await refusal(edit({ ...quick, prompt: "Bluer", references: [path], path: freshFolder() })),
        new RegExp(`^${path} is a link out of the workspace folder, to ${outside}/private\\.png\\. Choose that file`),
      );
      await commands.executeCommand("limn.addReferences", at(path), [at(path)]);
      assert.deepEqual((await snapshot()).draft.references, []);
    }
    assert.equal(sent.requests().length, 0);
  });

  it("is not sent where it became one after it was chosen", async () => {
    const folder = freshFolder();
    await mkdir(at(folder).fsPath, { recursive: true });
    await writeFile(at(`${folder}/hut.png`).fsPath, grey);
    await send({ type: "dropUris", list: at(`${folder}/hut.png`).toString() });
    await rename(at(folder).fsPath, `${at(folder).fsPath}-before`);
    await symlink(outside, at(folder).fsPath);
    await rm(at(`${folder}-before/hut.png`).fsPath);
    await symlink(join(outside, "private.png"), at(`${folder}-before/hut.png`).fsPath);
    await rm(at(folder).fsPath);
    await rename(`${at(folder).fsPath}-before`, at(folder).fsPath);
    const sent = record();
    await send({ type: "generate", draft: draft("At night") });
    assert.match((await snapshot()).trouble?.message ?? "", /hut\.png is a link out of the workspace folder/);
    assert.equal(sent.requests().length, 0);
  });

  it("is not replaced, and not brought back, where its folder became one", async () => {
    const folder = freshFolder();
    const { fsPath } = at(folder);
    await mkdir(fsPath, { recursive: true });
    await writeFile(at(`${folder}/private.png`).fsPath, greyPng(300, 300, 7));
    await send({ type: "dropUris", list: at(`${folder}/private.png`).toString() });
    const { ref } = first(await made(freshPrompt("At night")));
    await rename(fsPath, `${fsPath}-real`);
    await symlink(outside, fsPath);
    await send({ type: "replace", ...ref });
    assert.match((await snapshot()).trouble?.message ?? "", /leads out of the workspace folder/);
    await rm(fsPath);
    await rename(`${fsPath}-real`, fsPath);
    await send({ type: "replace", ...ref });
    assert.equal(facts(await readFile(join(fsPath, "private.png"))), "png 1024x1024");
    const replaced = await readFile(join(fsPath, "private.png"));
    await rename(fsPath, `${fsPath}-real`);
    await symlink(outside, fsPath);
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await readFile(join(`${fsPath}-real`, "private.png")), replaced);
  });
});
