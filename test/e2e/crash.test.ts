import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { isUnfinished, type Job } from "../../src/core/jobs/job.ts";
import { parseJob } from "../../src/core/jobs/jobSchema.ts";
import { probe } from "../../src/imaging/probe.ts";
import { type SandboxServer, startSandboxServer } from "../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";
import { generate } from "../support/e2e/generateFlow.ts";
import { Notifications } from "../support/e2e/notifications.ts";
import { killExtensionHost, reloadWindow, waitForNewExtensionHost } from "../support/e2e/windows.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type FaultProxy, type RecordedRequest, startFaultProxy } from "../support/faultProxy.ts";
import { extensionHostPids } from "../support/processesBelow.ts";

const { imaging, fonts } = sandboxDepsFromSources();

let sandbox: SandboxServer;
let faultProxy: FaultProxy;
let workbench: Workbench;
/** Folder of Limn's global storage. */
let storage: string;

beforeAll(async () => {
  sandbox = await startSandboxServer({ imaging, fonts, delay: 300 });
  faultProxy = await startFaultProxy(sandbox.url);
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.engine": "runware", "limn.apiUrl": faultProxy.url, "limn.openAfterSaving": false },
    env: { RUNWARE_API_KEY: sandbox.key },
  });
  storage = join(workbench.folder, "..", "server", "User", "globalStorage", "limn.limn");
});

afterEach(() => faultProxy.setRule(() => undefined));

afterAll(async () => {
  await workbench?.close();
  await faultProxy?.close();
  await sandbox?.close();
  await imaging.dispose();
});

const isSend = ({ taskType }: RecordedRequest): boolean => taskType === "imageInference";
const isDownload = ({ method }: RecordedRequest): boolean => method === "GET";

/** Holds the next matching request: `reached` resolves when it arrives, `open` releases it. */
function holdNext(matches: (request: RecordedRequest) => boolean) {
  const { promise: reached, resolve: resolveReached } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let isHeld = false;
  faultProxy.setRule((request) => {
    if (isHeld || !matches(request)) {
      return undefined;
    }
    isHeld = true;
    resolveReached();
    return { holdUntil: released };
  });
  return { reached, open: release };
}

/** Generates one picture and saves it under this path. */
const generateOne = (prompt: string, path: string): Promise<void> =>
  generate(workbench, prompt, { size: "1024 × 1024", count: "1 picture", path });

async function jobOf(prompt: string): Promise<Job | undefined> {
  const names = (await readdir(join(storage, "jobs"))).filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(names.map((name) => readFile(join(storage, "jobs", name), "utf8")));
  return texts.map((text) => parseJob(text)).find((job) => job?.request.prompt === prompt);
}

/** Expects that the job is done, was sent under one UUID and bought once, and was saved once. */
async function expectSavedOnce(prompt: string, path: string): Promise<void> {
  // The test runs no command meanwhile, since Limn must resume the job automatically.
  await workbench.notifications.waitFor(`Saved ${path}.`, 90_000);
  await expect.poll(async () => (await jobOf(prompt))?.state, { timeout: 60_000 }).toBe("done");
  await expect
    .poll(async () => ((await jobOf(prompt))?.pictures ?? []).flatMap(({ kept }) => kept).length, { timeout: 30_000 })
    .toBe(1);
  const job = await jobOf(prompt);
  expect(job === undefined || isUnfinished(job)).toBe(false);
  expect(sandbox.ledger.acceptedCount(job?.taskUUID ?? "")).toBe(1);
  const sends = faultProxy.requests.filter(
    (request) => isSend(request) && request.body.includes(JSON.stringify(prompt)),
  );
  expect(new Set(sends.map(({ body }) => /"taskUUID":"([^"]+)"/.exec(body)?.[1]))).toEqual(new Set([job?.taskUUID]));
  const file = join(workbench.folder, path);
  expect(probe(await readFile(file))).toMatchObject({ width: 1024, height: 1024 });
  const [folder, name = ""] = [join(file, ".."), path.slice(path.lastIndexOf("/") + 1)];
  const stem = name.replace(/\.jpg$/, "");
  expect((await readdir(folder)).filter((other) => other.startsWith(stem) || other.startsWith("."))).toEqual([name]);
  expect((await readdir(join(storage, "vault"))).filter((other) => other.startsWith("."))).toEqual([]);
}

// A reload while a job runs is in panel.test.ts.
describe("a request is bought once and saved once", () => {
  it("if the window is reloaded after its job file was written and before it was sent", async () => {
    const send = holdNext(isSend);
    await generateOne("A hut one", "saved/one.jpg");
    await send.reached;
    expect((await jobOf("A hut one"))?.state).toBe("sending");
    await reloadWindow(workbench);
    send.open();
    await workbench.notifications.waitFor("1 picture that you paid for was fetched. Saved saved/one.jpg.", 90_000);
    await expectSavedOnce("A hut one", "saved/one.jpg");
  });

  it("if the window is reloaded during the download", async () => {
    const download = holdNext(isDownload);
    await generateOne("A hut three", "saved/three.jpg");
    await download.reached;
    await reloadWindow(workbench);
    download.open();
    await expectSavedOnce("A hut three", "saved/three.jpg");
  });

  it("if the extension host is killed during the download", async () => {
    const download = holdNext(isDownload);
    await generateOne("A hut four", "saved/four.jpg");
    await download.reached;
    await killExtensionHost();
    download.open();
    const toast = await workbench.notifications.waitFor(
      "1 picture that you paid for was fetched. Saved saved/four.jpg.",
      90_000,
    );
    await workbench.screenshot("recovered");
    await toast.getByRole("button", { name: "Reveal" }).waitFor();
    await expectSavedOnce("A hut four", "saved/four.jpg");
  });

  it("if the extension host is killed while the picture is in the vault and cannot be saved yet", async () => {
    const blocked = join(workbench.folder, "blocked");
    const download = holdNext(isDownload);
    await generateOne("A hut five", "blocked/five.jpg");
    await download.reached;
    await writeFile(blocked, "a file where a folder should be");
    download.open();
    await workbench.notifications.waitFor("a part of the path is a file, not a folder");
    expect((await jobOf("A hut five"))?.pictures).toMatchObject([{ kept: [] }]);
    await rm(blocked);
    await mkdir(blocked);
    await killExtensionHost();
    await expectSavedOnce("A hut five", "blocked/five.jpg");
  });

  it("by another open window, if the first one is closed during the download", async () => {
    const { page, folder } = workbench;
    const first = extensionHostPids();
    const download = holdNext(isDownload);
    await generateOne("A hut six", "saved/six.jpg");
    await download.reached;
    const second = await page.context().browser()?.newPage();
    if (second === undefined) throw new Error("The browser is closed.");
    await second.goto(page.url());
    await second.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
    await waitForNewExtensionHost(first);
    // The server keeps the extension host of a closed page for hours, so that it can reconnect.
    await page.close();
    for (const pid of extensionHostPids().filter((pid) => first.includes(pid))) {
      process.kill(pid, "SIGKILL");
    }
    download.open();
    const notifications = new Notifications(second);
    await notifications.waitFor("1 picture that you paid for was fetched.", 90_000);
    await notifications.waitFor("Saved saved/six.jpg.");
    await expect.poll(async () => (await jobOf("A hut six"))?.state, { timeout: 60_000 }).toBe("done");
    const job = await jobOf("A hut six");
    expect(sandbox.ledger.acceptedCount(job?.taskUUID ?? "")).toBe(1);
    expect(probe(await readFile(join(folder, "saved/six.jpg")))).toMatchObject({ width: 1024, height: 1024 });
  });
});
