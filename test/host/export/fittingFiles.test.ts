import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { fittingFiles } from "../../../src/host/targets/fittingFiles.ts";
import { uriInWorkspace } from "../support/files.ts";
import { write } from "../support/imageDocuments.ts";

const services = { log: { info: () => undefined } };

/** The names of the targets that saved files are offered for, and the paths of the files. */
async function fitting(...files: readonly (readonly [target: string, path: string])[]): Promise<[string, string]> {
  const saved = files.map(([target, path]) => ({ target: `project-${target}`, uri: uriInWorkspace(path) }));
  const found = await fittingFiles(services, saved);
  const paths = files.filter((_, index) => found.files.some((file) => file === saved[index])).map(([, path]) => path);
  return [found.names.join(), paths.join()];
}

describe("the files that an export for their targets is offered for", () => {
  before(async () => {
    const targets = [
      { name: "Fixed", files: [{ path: "cover.png", width: 512, height: 512 }] },
      { name: "Named", files: [{ path: "{name}-512.png", width: 512, height: 512 }] },
    ];
    await write(".limn/targets.json", Buffer.from(JSON.stringify({ targets })));
  });

  after(() => rm(uriInWorkspace(".limn/targets.json").fsPath));

  it("are those in one folder only if the target names its files after them, or if there is one", async () => {
    assert.deepEqual(await fitting(["Fixed", "x/a.png"]), ["Fixed", "x/a.png"]);
    assert.deepEqual(await fitting(["Fixed", "x/a.png"], ["Fixed", "x/b.png"]), ["", ""]);
    assert.deepEqual(await fitting(["Named", "x/a.png"], ["Named", "x/b.png"]), ["Named", "x/a.png,x/b.png"]);
    assert.deepEqual(await fitting(["Fixed", "x/a.png"], ["Fixed", "y/b.png"]), ["Fixed", "x/a.png,y/b.png"]);
  });

  it("are those that fit, without those that do not", async () => {
    assert.deepEqual(
      await fitting(["Fixed", "x/a.png"], ["Named", "x/c.png"], ["Fixed", "x/b.png"], ["Gone", "x/d.png"]),
      ["Named", "x/c.png"],
    );
  });
});
