import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Job, Picture } from "../../../src/core/jobs/job.ts";
import { findDeletable, isStillDeletable } from "../../../src/host/panel/pictures/deletable.ts";
import { FolderIndex } from "../../../src/host/panel/pictures/folderIndex.ts";
import { workspaceFiles } from "../../../src/host/workspace/workspaceFiles.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, jobFilesOf, uriInWorkspace, vaultFolder } from "../support/files.ts";
import { findJobView, firstPicture, freshPrompt, generateAndWait, send, snapshot } from "../support/panel.ts";

const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe("a folder index", () => {
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

  it("lists existing files, and creates a missing folder", async () => {
    await index.readSizes();
    assert.equal(index.bytes, 0);
    await writeFile(join(folder, "a.png"), "12345");
    const other = new FolderIndex(folder, silentLog);
    await other.open();
    assert.deepEqual([other.has("a.png"), other.has("b.png"), other.bytes], [true, false, undefined]);
    await other.readSizes();
    assert.deepEqual([other.sizeOf("a.png"), other.bytes], [5, 5]);
    other.dispose();
  });

  it("can be read after the disk was repaired, and then follows new files", async () => {
    await writeFile(folder, "a file where the folder should be");
    const message =
      "Limn cannot read a folder of its storage, which the log names. " +
      "A part of the path is a file, not a folder. Repair it and try again.";
    await assert.rejects(index.open(), { message });
    await assert.rejects(index.readSizes(), { message });
    await rm(folder);
    await mkdir(folder);
    await writeFile(join(folder, "a.png"), "12345");
    await index.open();
    assert.ok(index.has("a.png"));
    await index.readSizes();
    assert.equal(index.bytes, 5);
    await writeFile(join(folder, "b.png"), "1");
    await waitUntil("the new file is listed", async () => index.has("b.png"));
  });

  it("names the files that have appeared or disappeared, also one that goes while sizes are read", async () => {
    await mkdir(folder);
    await writeFile(join(folder, "a.png"), "1");
    await writeFile(join(folder, "b.png"), "12");
    const changes: (readonly string[] | undefined)[] = [];
    await index.open();
    // A folder whose changes are not reported.
    index.dispose();
    index.onChange((names) => changes.push(names));
    await rm(join(folder, "a.png"));
    await index.readSizes();
    await writeFile(join(folder, "c.png"), "123");
    await index.refreshFile("c.png");
    assert.deepEqual([changes, index.has("a.png"), index.bytes], [[["a.png"], ["c.png"]], false, 5]);
  });

  it("follows new, growing and deleted files, and ignores temporary ones", async () => {
    await index.readSizes();
    await writeFile(join(folder, ".a.png.tmp"), "1");
    await writeFile(join(folder, "a.png"), "12");
    await waitUntil("the file is listed", async () => index.bytes === 2);
    await writeFile(join(folder, "a.png"), "1234");
    await waitUntil("its size is updated", async () => index.bytes === 4);
    await rm(join(folder, "a.png"));
    await waitUntil("the file is removed", async () => index.bytes === 0 && !index.has("a.png"));
  });
});

describe("Clean Up", () => {
  it("finds discarded and kept pictures, unless starred, undecided, or without an intact kept file", async () => {
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
      ["discarded", { discarded: true }],
      ["discarded, and kept before", { discarded: true, kept: [there] }],
      ["discarded and starred", { discarded: true, starred: true }],
      ["kept", { kept: [there] }],
      ["kept and starred", { kept: [there], starred: true }],
      ["kept as a file that is gone", { kept: [gone] }],
      ["kept as a file that was emptied", { kept: [empty] }],
      ["kept as a file that was overwritten", { kept: [other] }],
      ["kept twice, once whole", { kept: [empty, there] }],
      ["discarded and deleted", { discarded: true, file: "not-there.png" }],
    ];
    const pictures = cases.map(([id, more]): Picture => ({ id, file: `${id}.png`, kept: [], ...more }));
    for (const { file = "" } of pictures.slice(0, -1)) {
      await writeFile(join(folder, file), "picture");
      await vault.refreshFile(file);
    }
    const base: Pick<Job, "pictures"> = { pictures };
    const deletable = await findDeletable(
      [base],
      vault,
      workspaceFiles(folder, [], async () => false),
    );
    const names = (found: readonly Picture[]) => found.map(({ id }) => id);
    assert.deepEqual(names(deletable.discarded), ["discarded", "discarded, and kept before"]);
    assert.deepEqual(names(deletable.withoutCopy), ["discarded"]);
    assert.deepEqual(names(deletable.kept), ["kept", "kept twice, once whole"]);
    const isDeletable = (chosen: Partial<Picture>, now?: Partial<Picture>) => {
      const whole = (more: Partial<Picture>): Picture => ({ id: "kept", file: "kept.png", kept: [], ...more });
      return isStillDeletable(
        workspaceFiles(folder, [], async () => false),
        whole(chosen),
        now && whole(now),
      );
    };
    const discarded = { discarded: true };
    assert.deepEqual(
      await Promise.all([
        ...[
          isDeletable(discarded, discarded),
          isDeletable(discarded, {}),
          isDeletable(discarded, { ...discarded, starred: true }),
        ],
        // Deletes no picture that was kept after the user confirmed to delete the discarded ones.
        ...[isDeletable(discarded, { kept: [there] }), isDeletable(discarded)],
        ...[isDeletable({ kept: [there] }, { kept: [there] }), isDeletable({ kept: [there] }, { kept: [empty] })],
      ]),
      [true, false, false, false, false, true, false],
    );
    vault.dispose();
    await rm(folder, { recursive: true });
  });

  // A test window throws instead of showing a modal dialog; test/e2e tests the answers.
  it("asks before it deletes anything, and names the size", async () => {
    const [prompt, folder] = [freshPrompt(), freshFolder()];
    const { ref } = firstPicture(await generateAndWait(prompt, { path: `${folder}/fox` }));
    await send({ type: "keep", ...ref });
    await send({ type: "cleanUp" });
    assert.match(
      (await snapshot()).lastError?.message ?? "",
      /refused to show dialog in tests.*Clean up Limn's vault of [\d.]+ (kB|MB)\?/s,
    );
    assert.equal((await findJobView(prompt))?.pictures.length, 1);
  });

  it("makes Forget ask if something may have been billed", async () => {
    const prompt = freshPrompt();
    const job = await generateAndWait(prompt);
    await send({ type: "forget", job: job.id });
    assert.match((await snapshot()).lastError?.message ?? "", /refused to show dialog in tests.*Forget this job\?/s);
    assert.equal((await jobFilesOf(prompt)).length, 1);
    await send({ type: "dismissError" });
  });
});

describe("a picture whose file is missing from the vault", () => {
  // Limn watches the vault from the first message of the page.
  before(() => send({ type: "ready" }));

  it("is shown as missing, and restored by Check Again", async () => {
    const prompt = freshPrompt();
    const job = await generateAndWait(prompt);
    assert.notEqual(firstPicture(job).picture.width, undefined);
    await rm(join(vaultFolder, (await jobFilesOf(prompt))[0]?.pictures[0]?.file ?? "?"));
    const lost = await waitUntil("the picture is shown as missing", async () => {
      const [picture] = (await findJobView(prompt))?.pictures ?? [];
      return picture?.width === undefined && picture;
    });
    assert.match(lost.problem ?? "", /missing from Limn's vault/);
    await send({ type: "checkAgain", job: job.id });
    await waitUntil(
      "the picture is restored",
      async () => (await findJobView(prompt))?.pictures[0]?.width !== undefined,
    );
    assert.equal((await findJobView(prompt))?.pictures[0]?.problem, undefined);
  });
});

describe("a snapshot", () => {
  it("contains no absolute paths", async () => {
    await generateAndWait(freshPrompt(randomUUID()));
    const text = JSON.stringify({ ...(await snapshot()), thumbnails: "" });
    assert.ok(!text.includes("globalStorage") && !text.includes("file://"), text.slice(0, 2000));
  });
});
