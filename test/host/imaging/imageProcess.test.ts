import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { commands, extensions } from "vscode";
import { isProcessRunning } from "../../../src/host/storage/isProcessRunning.ts";
import type { Encoded, ImagingResponse, PreviewOptions } from "../../../src/imaging/operation.ts";
import { type ImagingProcess, startProcess } from "../../../src/imaging/startProcess.ts";
import { processesBelow } from "../../support/processesBelow.ts";
import { waitUntil } from "../support/commands.ts";
import { uriInWorkspace } from "../support/files.ts";
import { findJobView, freshPrompt, generateAndWait } from "../support/panel.ts";

const bundle = "imaging-process.js";

/** The processes of this window that decode pictures. */
const imageProcesses = () => processesBelow(bundle);

/** Starts the image process of the built extension; `preview` sends it one request at a time. */
function startBundle(): { readonly process: ImagingProcess; preview(options: PreviewOptions): Promise<Encoded> } {
  const folder = extensions.getExtension("limn.limn")?.extensionUri.fsPath ?? "";
  let settle: (response: ImagingResponse) => void = () => undefined;
  const started = startProcess(join(folder, "dist", bundle), {
    onResponse: (response) => settle(response),
    onLost: () => undefined,
    onEnd: () => undefined,
  });
  return {
    process: started,
    preview: (options) =>
      new Promise((resolve, reject) => {
        settle = (response) =>
          "encoded" in response ? resolve(response.encoded) : reject(new Error(JSON.stringify(response)));
        started.send({ id: 1, operation: { ...options, kind: "preview" } });
      }),
  };
}

describe("the image process of the built extension", () => {
  before(function () {
    // Processes are counted in /proc.
    if (process.platform !== "linux") this.skip();
  });

  it("makes the same thumbnail of a file and of its bytes, and ends when it should", async () => {
    const { process: started, preview } = startBundle();
    try {
      for (const [path, width, height] of [
        ["images/ridge.jpg", 320, 213],
        ["images/hut.png", 320, 243],
      ] as const) {
        const file = uriInWorkspace(path).fsPath;
        const fromFile = await preview({ file, side: 320 });
        const fromBytes = await preview({ bytes: await readFile(file), side: 320 });
        assert.deepEqual([fromFile.format, fromFile.width, fromFile.height], ["WEBP", width, height]);
        assert.deepEqual(Buffer.from(fromFile.bytes), Buffer.from(fromBytes.bytes));
      }
    } finally {
      await started.end();
    }
    assert.equal(isProcessRunning(started.pid ?? 0), false);
  });

  it("makes all thumbnails of a purchase, and has ended soon after the last one", async () => {
    const seen = new Set<number>();
    const watch = setInterval(() => {
      for (const pid of imageProcesses()) seen.add(pid);
    }, 10);
    await waitUntil("no picture is decoded", async () => (imageProcesses().length === 0 ? true : undefined));
    seen.clear();
    await commands.executeCommand("limn.panel.focus");
    const prompt = freshPrompt();
    await generateAndWait(prompt, { count: 4 });
    await waitUntil("the thumbnails are made", async () =>
      (await findJobView(prompt))?.pictures.every(({ thumbnail }) => thumbnail !== undefined) === true
        ? true
        : undefined,
    );
    await commands.executeCommand("workbench.view.explorer");
    assert.equal(seen.size, 1);
    await waitUntil("the process has ended", async () => (imageProcesses().length === 0 ? true : undefined));
    clearInterval(watch);
    await commands.executeCommand("workbench.view.explorer");
  });
});
