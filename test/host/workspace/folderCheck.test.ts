import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFolders } from "../../../src/host/workspace/folderCheck.ts";
import { setSetting } from "../support/testService.ts";

describe("the folder check of Check Key and Balance", () => {
  let storage: string;

  beforeEach(async () => {
    storage = await mkdtemp(join(tmpdir(), "limn-storage-"));
  });

  afterEach(() => rm(storage, { recursive: true, force: true }));

  it("reports that Limn can write to the folder of the settings and its own, and leaves no file", async () => {
    assert.deepEqual(await checkFolders(storage), {
      writable: true,
      message: "Limn can write to images and to its own folder.",
    });
    const left = await readdir(storage, { recursive: true, withFileTypes: true });
    assert.deepEqual(
      left.filter((entry) => entry.isFile()).map(({ name }) => name),
      [],
    );
  });

  for (const own of ["jobs", "vault"]) {
    it(`reports why its own folder “${own}” is not writable, and that nothing can be bought`, async () => {
      await writeFile(join(storage, own), "in the way");
      const { writable, message } = await checkFolders(storage);
      assert.equal(writable, false);
      assert.match(
        message,
        /^Limn cannot write to its own folder .*\. A part of the path is a file.* Nothing can be bought/,
      );
    });
  }

  it("names the folder of the settings if no picture can be saved in it", async () => {
    await setSetting("folder", "images/hut.png");
    const { writable, message } = await checkFolders(storage);
    assert.equal(writable, false);
    assert.match(
      message,
      /^Pictures cannot be saved in images\/hut\.png, the folder that is set\. images\/hut\.png is a file/,
    );
  });
});
