import assert from "node:assert/strict";
import { once } from "node:events";
import { mock } from "node:test";
import { commands, languages, TabInputWebview, window, workspace } from "vscode";
import { loadLater } from "../../src/extension.ts";
import { JobMarkerFolder } from "../../src/host/jobs/jobMarkerFolder.ts";
import { startUp } from "../../src/host/startUp.ts";
import { jobMarkersFolder } from "../../src/host/storage/storagePaths.ts";
import { waitUntil } from "./support/commands.ts";
import { createSecondContext, type SecondContext } from "./support/limnContext.ts";

describe("the start of Limn", () => {
  let second: SecondContext;
  beforeEach(async () => {
    second = await createSecondContext();
  });
  afterEach(async () => {
    mock.restoreAll();
    await second.close();
  });

  it("goes on if one part fails, which VS Code logs", async () => {
    const { context } = second;
    const fault = new Error("No watcher.");
    mock.method(workspace, "createFileSystemWatcher", () => {
      throw fault;
    });
    const earlier = mock.method(languages, "registerHoverProvider");
    const later = mock.method(workspace, "onDidDeleteFiles");
    const logged = once(process, "unhandledRejection");
    const openJobs = startUp(context, () => assert.fail("Nothing needs the rest of Limn."));
    assert.equal((await logged)[0], fault);
    assert.deepEqual([earlier.mock.callCount(), later.mock.callCount()], [1, 1]);
    assert.equal(openJobs.path, jobMarkersFolder(context.globalStorageUri.fsPath));
  });

  it("happens once, and before the first command, even if that is run before it", async () => {
    const { context } = second;
    const registered = mock.method(languages, "registerHoverProvider");
    const watching = mock.method(JobMarkerFolder.prototype, "watch");
    const limn = loadLater(context, () => undefined);
    const first = limn.loadLimn();
    await limn.startUp();
    const { runCommand } = await first;
    await runCommand("limn.showSpending", []);
    await waitUntil("the report is open", async () => {
      const { activeTab } = window.tabGroups.activeTabGroup;
      return activeTab?.input instanceof TabInputWebview;
    });
    await commands.executeCommand("workbench.action.closeAllEditors");
    assert.equal(await limn.loadLimn(), await first);
    await limn.startUp();
    assert.deepEqual([registered.mock.callCount(), watching.mock.callCount()], [1, 1]);
  });
});
