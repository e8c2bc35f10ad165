import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { extensions } from "vscode";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, fileNamesIn, formatAndSize, freshFolder, storageFolder, uriInWorkspace } from "../support/files.ts";
import { panel } from "../support/panel.ts";
import { buyFromSandbox, jobFileText, readJob, writeJob } from "../support/storedJobs.ts";
import { faultProxy, recordRequests, setSetting } from "../support/testService.ts";

/** Whether this process has loaded all of Limn, not only the small file that VS Code starts. */
function isLoaded(): boolean {
  const { cache } = createRequire(join(extensions.getExtension("limn.limn")?.extensionPath ?? "", "package.json"));
  return Object.keys(cache).some((path) => /[\\/]dist[\\/]limn\.js$/.test(path));
}

// Must run before all other host tests: a window uses Limn for the first time only once.
describe("the first use of Limn after a crash", () => {
  const extension = () => extensions.getExtension("limn.limn");
  const [running, sending, asked, elsewhere, damaged, future] = Array.from({ length: 6 }, () => randomUUID());
  const folders = { running: freshFolder(), sending: freshFolder(), asked: freshFolder(), elsewhere: freshFolder() };
  const laterVersion = JSON.stringify({ version: 2, taskUUID: future, state: "running", new: true });
  let sent: ReturnType<typeof recordRequests>;
  /** Another spelling of the address; the same server answers. */
  const otherAddress = () => faultProxy().url.replace("http:", "HTTP:");

  before(async () => {
    await waitUntil("VS Code has activated Limn", async () => extension()?.isActive);
    assert.equal(isLoaded(), false, "All of Limn is loaded before its first use, without an open job.");
    await Promise.all([running, sending, asked, elsewhere].map((taskUUID) => buyFromSandbox(taskUUID)));
    const endpoint = faultProxy().url;
    await writeJob(running, jobFileText(running, { endpoint, folder: uriInWorkspace(folders.running) }));
    await writeJob(
      sending,
      jobFileText(sending, { endpoint, folder: uriInWorkspace(folders.sending), state: "sending" }),
    );
    await writeJob(asked, jobFileText(asked, { endpoint, folder: uriInWorkspace(folders.asked), keep: "ask" }));
    await writeJob(
      elsewhere,
      jobFileText(elsewhere, { endpoint: otherAddress(), folder: uriInWorkspace(folders.elsewhere) }),
    );
    await writeJob(damaged, '{"version":1,"taskUUID":');
    await writeJob(future, laterVersion);
    sent = recordRequests();
    await panel();
    assert.equal(isLoaded(), true);
  });

  for (const [what, taskUUID, folder] of [
    ["running job", running, folders.running],
    ["job whose send was interrupted", sending, folders.sending],
  ] as const) {
    it(`completes a ${what}, once`, async () => {
      await waitUntil("the job is done", async () => (await readJob(taskUUID ?? "")).includes('"state":"done"'));
      const names = await waitUntil("the picture is saved", async () => {
        const found = await fileNamesIn(folder);
        // Limn writes to a temporary file in the same folder first.
        return found.length > 0 && !found.some((name) => name.endsWith(".tmp")) && found;
      });
      assert.deepEqual(names, ["left.png"]);
      assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/left.png`))), "png 1024x1024");
    });
  }

  it("stores the pictures in the vault and saves none if the user is to choose among them", async () => {
    await waitUntil("the job is done", async () => (await readJob(asked ?? "")).includes('"state":"done"'));
    assert.match(await readJob(asked ?? ""), /"file":"[^"]+\.png"/);
    assert.deepEqual(await fileNamesIn(folders.asked), []);
  });

  it("buys nothing again, and polls all jobs in one request", async () => {
    assert.equal(sent.requests("imageInference").length, 0);
    const [poll] = sent.requests("getResponse");
    for (const taskUUID of [running, sending, asked]) {
      assert.ok(poll?.body.includes(taskUUID ?? "?"));
    }
  });

  it("keeps the markers of open jobs only", async () => {
    await waitUntil("the markers are those of open jobs", async () => {
      const ids = (await readdir(join(storageFolder, "open"))).map((name) => name.split(".")[0]);
      return ids.length === 1 && ids[0] === elsewhere;
    });
  });

  it("does not ask one service about a job of another", async () => {
    assert.ok(sent.requests().every(({ body }) => !body.includes(elsewhere ?? "?")));
    assert.match(await readJob(elsewhere ?? ""), /"state":"running"/);
  });

  it("does not change damaged job files and those of a later version", async () => {
    assert.deepEqual(
      [await readJob(damaged ?? ""), await readJob(future ?? "")],
      ['{"version":1,"taskUUID":', laterVersion],
    );
  });

  it("resumes a job when the setting names its address again", async () => {
    await setSetting("apiUrl", otherAddress());
    await waitUntil("the job is done", async () => (await readJob(elsewhere ?? "")).includes('"state":"done"'));
    await waitUntil("the picture is saved", async () => (await fileNamesIn(folders.elsewhere)).includes("left.png"));
  });
});
