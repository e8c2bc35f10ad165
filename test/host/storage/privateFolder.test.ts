import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFolderPrivate } from "../../../src/host/storage/privateFolder.ts";
import { storageFolder } from "../support/files.ts";
import { snapshot } from "../support/panel.ts";

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe("Limn's own folder", () => {
  it("is not accessible to other users of the machine", async () => {
    await snapshot();
    assert.equal(await modeOf(storageFolder), "700");
  });

  it("is made private if an earlier version left it accessible; missing parents are created", async () => {
    const folder = await mkdtemp(join(tmpdir(), "limn-private-"));
    await chmod(folder, 0o755);
    makeFolderPrivate(folder, silentLog);
    makeFolderPrivate(join(folder, "deep", "er"), silentLog);
    assert.deepEqual([await modeOf(folder), await modeOf(join(folder, "deep/er"))], ["700", "700"]);
    await rm(folder, { recursive: true });
  });
});
