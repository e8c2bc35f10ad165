import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job, Picture } from "../../../src/core/jobs/job.ts";
import { findDeletable, isStillDeletable } from "../../../src/host/panel/pictures/cleanUp.ts";
import { FolderIndex } from "../../../src/host/panel/pictures/folderIndex.ts";
import { workspaceFiles } from "../../../src/host/workspace/workspaceFiles.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, jobFilesOf, uriInWorkspace, vaultFolder } from "../support/files.ts";
import { findJobView, firstPicture, freshPrompt, generateAndWait, send, snapshot } from "../support/panel.ts";

const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe("an index of a folder", () => {
  let folder: string;
  let index: FolderIndex;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "limn-index-")), "vault");
    index = new FolderIndex(folder, silentLog);
  });

  afterEach(async () => {
    index.dispose();
    await rm(join(folder, ".."), { recursive: true });
  });

  it("knows what was there before, and makes the folder where there is none", async () => {
    await index.open();
    assert.equal(index.bytes, 0);
    await writeFile(join(folder, "a.png"), "12345");
    const other = new FolderIndex(folder, silentLog);
    await other.open();
    assert.deepEqual([other.has("a.png"), other.has("b.png"), other.sizeOf("a.png"), other.bytes], [true, false, 5, 5]);
    other.dispose();
  });

  it("hears of what comes, grows and goes, and ignores files on their way", async () => {
    await index.open();
    await writeFile(join(folder, ".a.png.tmp"), "1");
    await writeFile(join(folder, "a.png"), "12");
    await waitUntil("it has come", async () => index.bytes === 2);
    await writeFile(join(folder, "a.png"), "1234");
    await waitUntil("it has grown", async () => index.bytes === 4);
    await rm(join(folder, "a.png"));
    await waitUntil("it is gone", async () => index.bytes === 0 && !index.has("a.png"));
  });
});

describe("Clean Up", () => {
  it("finds what was put away or kept, and never what is starred, only in the vault, or kept as a file that is gone, empty or another", async () => {
    const folder = await mkdtemp(join(tmpdir(), "limn-vault-"));
    const vault = new FolderIndex(folder, silentLog);
    await vault.open();
    const place = freshFolder();
    await mkdir(uriInWorkspace(place).fsPath, { recursive: true });
    const fileOf = async (name: string, content: string): Promise<string> => {
      await writeFile(uriInWorkspace(`${place}/${name}`).fsPath, content);
      return uriInWorkspace(`${place}/${name}`).toString();
    };
    const there = await fileOf("kept.png", "picture");
    const empty = await fileOf("empty.png", "");
    const other = await fileOf("other.png", "another");
    const gone = uriInWorkspace(`${place}/gone.png`).toString();
    const cases: readonly (readonly [name: string, more: Partial<Picture>])[] = [
      ["only in the vault", {}],
      ["put away", { discarded: true }],
      ["put away, and kept before", { discarded: true, kept: [there] }],
      ["put away and starred", { discarded: true, starred: true }],
      ["kept", { kept: [there] }],
      ["kept and starred", { kept: [there], starred: true }],
      ["kept as a file that is gone", { kept: [gone] }],
      ["kept as a file that was emptied", { kept: [empty] }],
      ["kept as a file that was overwritten", { kept: [other] }],
      ["kept twice, once whole", { kept: [empty, there] }],
      ["put away and deleted", { discarded: true, file: "not-there.png" }],
    ];
    const pictures = cases.map(([id, more]): Picture => ({ id, file: `${id}.png`, kept: [], ...more }));
    for (const { file = "" } of pictures.slice(0, -1)) {
      await writeFile(join(folder, file), "picture");
      await vault.refreshFile(file);
    }
    const base: Pick<Job, "pictures"> = { pictures };
    const spare = await findDeletable([base], vault, workspaceFiles(folder));
    const names = (found: readonly Picture[]) => found.map(({ id }) => id);
    assert.deepEqual(names(spare.discarded), ["put away", "put away, and kept before"]);
    assert.deepEqual(names(spare.withoutCopy), ["put away"]);
    assert.deepEqual(names(spare.kept), ["kept", "kept twice, once whole"]);
    const isSpare = (chosen: Partial<Picture>, now?: Partial<Picture>) => {
      const whole = (more: Partial<Picture>): Picture => ({ id: "kept", file: "kept.png", kept: [], ...more });
      return isStillDeletable(workspaceFiles(folder), whole(chosen), now && whole(now));
    };
    const discarded = { discarded: true };
    assert.deepEqual(
      await Promise.all([
        ...[isSpare(discarded, discarded), isSpare(discarded, {}), isSpare(discarded, { ...discarded, starred: true })],
        // Who chose to delete what was discarded did not choose what was kept since.
        ...[isSpare(discarded, { kept: [there] }), isSpare(discarded)],
        ...[isSpare({ kept: [there] }, { kept: [there] }), isSpare({ kept: [there] }, { kept: [empty] })],
      ]),
      [true, false, false, false, false, true, false],
    );
    vault.dispose();
    await rm(folder, { recursive: true });
  });

  // A test window refuses modal dialogs and says with what words: the answers to them are tested in
  // the real workbench.
  it("asks before it deletes anything, with the numbers", async () => {
    const [prompt, folder] = [freshPrompt(), freshFolder()];
    const { ref } = firstPicture(await generateAndWait(prompt, { path: `${folder}/fox` }));
    await send({ type: "keep", ...ref });
    await send({ type: "cleanUp" });
    assert.match(
      (await snapshot()).lastError?.message ?? "",
      /refused to show dialog in tests.*Clean up Limn's vault of [\d.]+ MB\?/s,
    );
    assert.equal((await findJobView(prompt))?.pictures.length, 1);
  });

  it("has Forget ask where something may have been billed", async () => {
    const prompt = freshPrompt();
    const job = await generateAndWait(prompt);
    await send({ type: "forget", job: job.id });
    assert.match((await snapshot()).lastError?.message ?? "", /refused to show dialog in tests.*Forget this job\?/s);
    assert.equal((await jobFilesOf(prompt)).length, 1);
    await send({ type: "dismissTrouble" });
  });
});

describe("a picture whose file has gone from the vault", () => {
  it("is shown as missing, and comes back by Check Again", async () => {
    const prompt = freshPrompt();
    const job = await generateAndWait(prompt);
    assert.notEqual(firstPicture(job).picture.width, undefined);
    await rm(join(vaultFolder, (await jobFilesOf(prompt))[0]?.pictures[0]?.file ?? "?"));
    const lost = await waitUntil("it is missed", async () => {
      const [picture] = (await findJobView(prompt))?.pictures ?? [];
      return picture?.width === undefined && picture;
    });
    assert.match(lost.problem ?? "", /missing from Limn's own folder/);
    await send({ type: "checkAgain", job: job.id });
    await waitUntil("it is back", async () => (await findJobView(prompt))?.pictures[0]?.width !== undefined);
    assert.equal((await findJobView(prompt))?.pictures[0]?.problem, undefined);
  });
});

describe("a snapshot", () => {
  it("names no path of the disk beside those of files in the workspace", async () => {
    await generateAndWait(freshPrompt(randomUUID()));
    const text = JSON.stringify({ ...(await snapshot()), thumbnails: "" });
    assert.ok(!text.includes("globalStorage") && !text.includes("file://"), text.slice(0, 2000));
  });
});
