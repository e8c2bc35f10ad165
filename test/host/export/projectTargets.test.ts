import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, languages, window, workspace } from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, fileNamesIn, formatAndSize, freshFolder, readLogs, uriInWorkspace } from "../support/files.ts";
import { enterUntilDone, runUntilInput, typeText } from "../support/quickInput.ts";

const targetsFile = uriInWorkspace(".limn/targets.json");

async function writeTargets(text: string): Promise<void> {
  await mkdir(uriInWorkspace(".limn").fsPath, { recursive: true });
  await writeFile(targetsFile.fsPath, text);
}

const banner = (path: string) =>
  JSON.stringify({
    targets: [
      {
        name: "Blog $(flame) banner",
        files: [
          { path, width: 800, height: 300 },
          { path: "{name}-400w.webp", width: 400 },
        ],
      },
    ],
  });

/** Exports a picture of 1600 × 900 for the target found by this text. Returns its folder. */
async function exportFor(target: string): Promise<string> {
  const folder = freshFolder();
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  const image = uriInWorkspace(`${folder}/fox.png`);
  await writeFile(image.fsPath, greyPng(1600, 900, 99));
  const command = await runUntilInput("limn.exportImage", image);
  await typeText(target);
  await enterUntilDone(command);
  return folder;
}

describe("the targets of a project", () => {
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    await rm(targetsFile.fsPath, { force: true });
  });

  it("are offered, and make files of exact pixels in their folders", async () => {
    await writeTargets(banner("blog/{name}.jpg"));
    const folder = await exportFor("Blog $(flame)");
    assert.deepEqual(await fileNamesIn(folder), ["blog", "fox-400w.webp", "fox.png"]);
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/blog/fox.jpg`))), "jpg 800x300");
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/fox-400w.webp`))), "webp 400x225");
  });

  it("replace no image that they are made of", async () => {
    const sizes = [256, 512].map((side, index) => ({
      ...{ path: ["{name}.png", "{name}@2x.png"][index], width: side, height: side },
    }));
    await writeTargets(JSON.stringify({ targets: [{ name: "Sprite", files: sizes }] }));
    const before = await readLogs();
    const folder = await exportFor("Sprite");
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/fox.png`))), "png 1600x900");
    const sentence = `${folder}/fox.png would replace an image that others are made of, so nothing was exported.`;
    await waitUntil("the log says why", async () => (await readLogs()).slice(before.length).includes(sentence));
  });

  for (const [what, text, problem] of [
    ["a path out of the folder", banner("../{name}.jpg"), "“targets[0].files[0].path” is missing or not valid."],
    ["a text that is not JSON", "{", "It is not valid JSON."],
    ["too many bytes", `{"targets":[]}${" ".repeat(200_000)}`, "It is larger than 200 kB."],
  ] as const) {
    it(`are not offered because of ${what}, with the reason, and all others are`, async () => {
      await writeTargets(text);
      const before = await readLogs();
      const folder = await exportFor("GitHub social");
      assert.deepEqual(await fileNamesIn(folder), ["fox-social.jpg", "fox.png"]);
      const sentence = `The targets of .limn/targets.json are not offered. ${problem} Correct the file and export again.`;
      await waitUntil("the log says why", async () => (await readLogs()).slice(before.length).includes(sentence));
    });
  }

  it("never write through a link out of the workspace, not even a folder", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    await writeTargets(banner("linked/deep/{name}.jpg"));
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await symlink(outside, uriInWorkspace(`${folder}/linked`).fsPath);
    const image = uriInWorkspace(`${folder}/fox.png`);
    await writeFile(image.fsPath, greyPng(1600, 900, 99));
    const command = await runUntilInput("limn.exportImage", image);
    await typeText("Blog");
    await enterUntilDone(command);
    assert.deepEqual(await readdir(outside), []);
    assert.deepEqual(await fileNamesIn(folder), ["fox.png", "linked"]);
    await rm(outside, { recursive: true });
  });

  it("are checked by the editor while the user writes them", async () => {
    await writeTargets(
      JSON.stringify({ targets: [{ name: "A", files: [{ path: "../a.png", height: 100, widht: 3 }] }] }),
    );
    await window.showTextDocument(await workspace.openTextDocument(targetsFile));
    await waitUntil("the editor marks path, height and the unknown property", async () => {
      const marked = languages.getDiagnostics(targetsFile).map(({ message }) => message);
      return ["Path below the folder", "widht", "width"].every((word) =>
        marked.some((message) => message.includes(word)),
      );
    });
  });
});
