import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import { ConfigurationTarget, commands, extensions, Uri, window, workspace } from "vscode";
import type { Job } from "../../../src/core/jobs/job.ts";
import { comparePictures, compareWithReference } from "../../../src/host/lightTable/comparePictures.ts";
import { readSource } from "../../../src/host/lightTable/compareSource.ts";
import { deleteStaleCopies } from "../../../src/host/lightTable/copies.ts";
import { headVersion } from "../../../src/host/lightTable/headVersion.ts";
import { LightTable } from "../../../src/host/lightTable/lightTable.ts";
import type { LightTableDeps } from "../../../src/host/lightTable/lightTableDeps.ts";
import { probe } from "../../../src/imaging/probe.ts";
import { parseLightTableIntent, parseTableState } from "../../../src/protocol.ts";
import { greyPng } from "../../support/greyPng.ts";
import { storedJob, storedRequest } from "../../support/storedJob.ts";
import { rejectionMessage, waitUntil } from "../support/commands.ts";
import {
  bytesOf,
  filesBelow,
  formatAndSize,
  freshFolder,
  readLogs,
  storageFolder,
  uriInWorkspace,
  vaultFolder,
} from "../support/files.ts";
import { commandNames, hoverAt } from "../support/hovers.ts";
import { write } from "../support/imageDocuments.ts";
import { lightTableTabs } from "../support/quickInput.ts";

const run = promisify(execFile);
const copiesFolder = join(storageFolder, "compare");

const logLines: string[] = [];
const addLogLine = (text: string): void => void logLines.push(text);
const ports = { probe, log: { debug: addLogLine, info: addLogLine, warn: addLogLine, error: addLogLine } };

const extension = extensions.getExtension("limn.limn");
assert.ok(extension);
/** A light table without the jobs of the journal. */
const lightTable = new LightTable();
const tableDeps: LightTableDeps = {
  storage: storageFolder,
  vault: vaultFolder,
  thumbnails: join(storageFolder, "thumbnails"),
  fallbackFolders: [],
  dist: Uri.joinPath(extension.extensionUri, "dist"),
  log: ports.log,
  ready: async () => undefined,
  getJob: () => undefined,
  jobView: () => undefined,
  cropsOf: async () => ({}),
  findCrop: async () => undefined,
  read: (source) => readSource(ports, source),
  parseIntent: parseLightTableIntent,
  parseState: parseTableState,
  run: async () => undefined,
  revealPictures: async () => undefined,
  errorMessage: String,
  showError: (error) => addLogLine(String(error)),
  notify: addLogLine,
  showInStatusBar: addLogLine,
};
lightTable.connect(tableDeps);
const compareDeps = { vault: vaultFolder, lightTable };

const compareSelected = (...uris: readonly Uri[]) => commands.executeCommand("limn.compareSelected", uris[0], uris);

/** Waits for this many compare tabs and returns their labels. VS Code reports new tabs late. */
const waitForTabLabels = (count: number) =>
  waitUntil(`there are ${count} compare tabs`, async () => {
    const tabs = lightTableTabs();
    return tabs.length === count && tabs.map(({ label }) => label);
  });

/** Returns format and size of the pictures that were copied for tabs, by file name. */
async function copiedPictures(): Promise<Readonly<Record<string, string>>> {
  const files = await filesBelow(copiesFolder);
  return Object.fromEntries(
    files.map(({ path, bytes }) => [path.slice(path.lastIndexOf("/") + 1), formatAndSize(bytes)]),
  );
}

async function closeTabs(): Promise<void> {
  await window.tabGroups.close(lightTableTabs());
  await waitUntil("the copies are gone", async () => (await filesBelow(copiesFolder)).length === 0);
}

describe("the comparison of two images of the workspace", () => {
  afterEach(closeTabs);

  it("opens a tab with their names, and copies exactly these two for its page", async () => {
    await compareSelected(uriInWorkspace("images/ridge.jpg"), uriInWorkspace("images/hut.png"));
    assert.deepEqual(await waitForTabLabels(1), ["ridge.jpg ↔ hut.png"]);
    assert.deepEqual(await copiedPictures(), { "left.jpg": "jpg 1600x1067", "right.png": "png 1000x760" });
  });

  it("shows another pair in the same tab, and deletes the copies of the first", async () => {
    await compareSelected(uriInWorkspace("images/ridge.jpg"), uriInWorkspace("images/hut.png"));
    await waitForTabLabels(1);
    await compareSelected(uriInWorkspace("images/lake.webp"), uriInWorkspace("images/hut.png"));
    await waitUntil("the tab has the name of the second pair", async () =>
      lightTableTabs().some(({ label }) => label === "lake.webp ↔ hut.png"),
    );
    assert.equal(lightTableTabs().length, 1);
    await waitUntil("the copies of the first pair are gone", async () => !("left.jpg" in (await copiedPictures())));
    assert.deepEqual(await copiedPictures(), { "left.webp": "webp 1200x800", "right.png": "png 1000x760" });
  });

  it("stays open while another pair takes the place of the first, also if jobs change meanwhile", async () => {
    const source = (path: string) => ({ uri: uriInWorkspace(path), label: path });
    const table = new LightTable();
    table.connect(tableDeps);
    const tab = await table.load();
    await tab.compare([source("images/ridge.jpg"), source("images/hut.png")], undefined);
    await waitForTabLabels(1);
    const closed: unknown[] = [];
    const listener = window.tabGroups.onDidChangeTabs((change) => closed.push(...change.closed));
    let isDone = false;
    const done = tab.compare([source("images/lake.webp"), source("images/hut.png")], undefined).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      tab.refresh();
      await nextTurn();
    }
    await done;
    await waitUntil("the tab has the name of the second pair", async () =>
      lightTableTabs().some(({ label }) => label === "lake.webp ↔ hut.png"),
    );
    listener.dispose();
    assert.deepEqual([lightTableTabs().length, closed], [1, []]);
    assert.deepEqual(await copiedPictures(), { "left.webp": "webp 1200x800", "right.png": "png 1000x760" });
  });

  it("keeps the pair that it shows if another picture cannot be read", async () => {
    await compareSelected(uriInWorkspace("images/ridge.jpg"), uriInWorkspace("images/hut.png"));
    await waitForTabLabels(1);
    await compareSelected(uriInWorkspace("images/ridge.jpg"), uriInWorkspace("images/logo.svg"));
    await waitUntil("the log says why", async () => (await readLogs()).includes("logo.svg is not a PNG, JPEG or WebP"));
    assert.deepEqual(await waitForTabLabels(1), ["ridge.jpg ↔ hut.png"]);
    assert.deepEqual(await copiedPictures(), { "left.jpg": "jpg 1600x1067", "right.png": "png 1000x760" });
  });

  it("closes on Escape although the panel that it was opened from cannot be shown", async () => {
    const source = (path: string) => ({ uri: uriInWorkspace(path), label: path });
    const table = new LightTable();
    const revealPictures = () => Promise.reject(new Error("The panel is not there."));
    table.connect({ ...tableDeps, revealPictures });
    const tab = await table.load();
    await tab.compare([source("images/ridge.jpg"), source("images/hut.png")], undefined, { isFromPanel: true });
    await waitForTabLabels(1);
    // The second one is that of a held key.
    await Promise.all([tab.handleMessage({ type: "close" }), tab.handleMessage({ type: "close" })]);
    await waitForTabLabels(0);
    assert.ok(logLines.splice(0).some((line) => line.includes("The panel is not there.")));
  });

  it("opens no tab if one of them is not a picture", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const fake = uriInWorkspace(`${folder}/fake.png`);
    await writeFile(fake.fsPath, "not a picture");
    await compareSelected(uriInWorkspace("images/ridge.jpg"), fake);
    await waitUntil("the log says why", async () =>
      (await readLogs()).includes("fake.png is not a PNG, JPEG or WebP picture"),
    );
    assert.deepEqual([lightTableTabs().length, await copiedPictures()], [0, {}]);
  });

  it("explains a missing file and a Git LFS pointer", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const gone = { uri: uriInWorkspace(`${folder}/gone.png`), label: "gone.png" };
    assert.match(await rejectionMessage(readSource(ports, gone)), /^gone.png could not be read. Check/);
    const pointer = { uri: uriInWorkspace(`${folder}/pointer.png`), label: "pointer.png" };
    await writeFile(pointer.uri.fsPath, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
    assert.match(await rejectionMessage(readSource(ports, pointer)), /^pointer.png is kept in Git LFS/);
  });

  it("deletes copies of a closed window, but not recent ones that another window may show", async () => {
    const [old, young] = [join(copiesFolder, "old"), join(copiesFolder, "young")];
    await mkdir(old, { recursive: true });
    await mkdir(young, { recursive: true });
    const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(old, longAgo, longAgo);
    await deleteStaleCopies(storageFolder, ports.log);
    assert.deepEqual([await readdir(copiesFolder), logLines], [["young"], []]);
  });
});

describe("the comparison of a picture of the vault", () => {
  afterEach(closeTabs);

  const facts = { width: 30, height: 20, format: "PNG" } as const;
  const job = (kept: readonly string[], references: Job["request"]["references"]): Job =>
    storedJob({
      taskUUID: "compared",
      request: { ...storedRequest, prompt: "At night, in snow. Wide.", references, shape: "like-reference", count: 3 },
      target: { folder: uriInWorkspace("images").toString(), name: "night", keep: "ask" },
      pictures: [
        { id: "compared-a", file: "compared-a.png", kept: [...kept], ...facts },
        { id: "compared-b", file: "compared-b.png", kept: [], ...facts },
        { id: "compared-c", kept: [] },
      ],
    });
  const reference = { label: "images/hut.png", source: uriInWorkspace("images/hut.png").toString() };

  before(async () => {
    await mkdir(vaultFolder, { recursive: true });
    for (const name of ["a", "b"]) {
      await writeFile(join(vaultFolder, `compared-${name}.png`), greyPng(30, 20, 99));
    }
  });

  it("shows its reference file beside it, and labels it with the name of the kept file", async () => {
    const edited = job([uriInWorkspace("images/night.png").toString()], [{ label: "a link" }, reference]);
    const [picture] = edited.pictures;
    assert.ok(picture);
    await compareWithReference(compareDeps, { job: edited, picture });
    assert.deepEqual(await waitForTabLabels(1), ["hut.png ↔ night.png"]);
    assert.deepEqual(await copiedPictures(), { "left.png": "png 1000x760", "right.png": "png 30x20" });
  });

  it("shows another picture beside it, both labelled by number and prompt", async () => {
    const made = job([], []);
    const [a, b] = made.pictures;
    assert.ok(a && b);
    await comparePictures(compareDeps, { job: made, picture: a }, { job: made, picture: b });
    assert.deepEqual(await waitForTabLabels(1), [
      "Picture 1 of “At night, in snow” ↔ Picture 2 of “At night, in snow”",
    ]);
  });

  it("explains that there is no reference file, or that the picture has not arrived", async () => {
    const made = job([], []);
    const [a, , c] = made.pictures;
    assert.ok(a && c);
    assert.match(
      await rejectionMessage(compareWithReference(compareDeps, { job: made, picture: a })),
      /^This picture was not made from an image file/,
    );
    assert.match(
      await rejectionMessage(compareWithReference(compareDeps, { job: job([], [reference]), picture: c })),
      /has not arrived yet/,
    );
    assert.deepEqual([lightTableTabs().length, await copiedPictures()], [0, {}]);
  });
});

describe("the comparison of an image with git HEAD", () => {
  const folder = freshFolder();
  const image = uriInWorkspace(`${folder}/pictures/fox.png`);
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
      cwd: uriInWorkspace(folder).fsPath,
    });
  const setGit = (enabled: boolean | undefined) =>
    workspace.getConfiguration("git").update("enabled", enabled, ConfigurationTarget.Workspace);

  before(async () => {
    await mkdir(uriInWorkspace(`${folder}/pictures`).fsPath, { recursive: true });
    await git("init", "--quiet");
    await writeFile(image.fsPath, greyPng(64, 48, 30));
    await git("add", ".");
    await git("commit", "--quiet", "--message", "A dark fox");
  });

  after(() => setGit(undefined));
  afterEach(closeTabs);

  it("explains that Git is switched off", async () => {
    assert.match(
      await rejectionMessage(headVersion(image)),
      /^VS Code's Git support is switched off. Turn on the setting/,
    );
  });

  it("reads the bytes of the last commit", async () => {
    await setGit(true);
    await commands.executeCommand("git.openRepository", uriInWorkspace(folder).fsPath);
    await writeFile(image.fsPath, greyPng(80, 60, 200));
    const head = await headVersion(image);
    assert.equal(head.label, `${folder}/pictures/fox.png (HEAD)`);
    assert.deepEqual(Buffer.from(await bytesOf(head.uri)), greyPng(64, 48, 30));
  });

  it("opens a tab with the committed and the current picture", async () => {
    await commands.executeCommand("limn.compareWithHead", image, [image]);
    assert.deepEqual(await waitForTabLabels(1), ["fox.png (HEAD) ↔ fox.png"]);
    assert.deepEqual(await copiedPictures(), { "left.png": "png 64x48", "right.png": "png 80x60" });
  });

  it("uses the open image if the command has no argument", async () => {
    await commands.executeCommand("vscode.open", image);
    await commands.executeCommand("limn.compareWithHead");
    assert.deepEqual(await waitForTabLabels(1), ["fox.png (HEAD) ↔ fox.png"]);
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is offered in the hover of a link, as long as the picture differs", async () => {
    const open = async (name: string) =>
      workspace.openTextDocument(await write(`${folder}/${name}.html`, `<img src="pictures/${name}">`));
    // Written once: a document that is open has no text for a moment while its file is replaced.
    const documents = { "fox.png": await open("fox.png"), "new.png": await open("new.png") };
    const offers = async (name: keyof typeof documents) =>
      commandNames(await hoverAt(documents[name], name)).includes("limn.compareWithHead");
    await write(`${folder}/pictures/new.png`, greyPng(8, 8, 8));
    await waitUntil("Git has seen the change", () => offers("fox.png"));
    assert.equal(await offers("new.png"), false);
    await git("commit", "--quiet", "--all", "--message", "A bright fox");
    await waitUntil("Git has seen the commit", async () => !(await offers("fox.png")));
  });

  it("opens no tab if the picture has not changed", async () => {
    await waitUntil("Git has seen the commit", async () =>
      Buffer.from(await bytesOf((await headVersion(image)).uri)).equals(await readFile(image.fsPath)),
    );
    await commands.executeCommand("limn.compareWithHead", image, [image]);
    assert.equal(lightTableTabs().length, 0);
  });

  it("explains that a file is not in HEAD or not in a repository", async () => {
    const fresh = uriInWorkspace(`${folder}/pictures/new.png`);
    await writeFile(fresh.fsPath, greyPng(8, 8, 8));
    assert.equal(
      await rejectionMessage(headVersion(fresh)),
      `${folder}/pictures/new.png is not in the last commit (HEAD), so there is nothing to compare it with. Commit it first.`,
    );
    assert.match(
      await rejectionMessage(headVersion(uriInWorkspace("images/hut.png"))),
      /^images\/hut.png is not in a Git repository/,
    );
    await commands.executeCommand("limn.compareWithHead", fresh, [fresh]);
    await waitUntil("the log contains the message", async () =>
      (await readLogs()).includes("new.png is not in the last commit (HEAD)"),
    );
    assert.equal(lightTableTabs().length, 0);
  });
});
