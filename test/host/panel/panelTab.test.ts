import assert from "node:assert/strict";
import { commands, TabInputWebview, ViewColumn, window } from "vscode";
import type { PageHolder } from "../../../src/host/panel/connectedPage.ts";
import type { DraftFields } from "../../../src/protocol.ts";
import { waitUntil } from "../support/commands.ts";
import { panel, send, snapshot } from "../support/panel.ts";
import { useKey } from "../support/testService.ts";

/** The editor tabs of the panel. */
const tabs = () =>
  window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith("limn.panelTab"));

const movedDraft = async () => {
  const { draftUpdate } = await snapshot();
  return draftUpdate?.changedAt === undefined ? undefined : draftUpdate.draft;
};

let changes = 0;

/** What the page sends when the draft has changed. Its clock is a minute behind the host's. */
const change = (draft: DraftFields) => {
  changes = Math.max(Date.now() - 60_000, changes + 1);
  return { type: "keepDraft", draft, changedAt: changes } as const;
};

/** A holder of a page that sends nothing itself. */
function silentPage(): PageHolder {
  const { webview } = window.createWebviewPanel("limn-test.silent", "Silent page", ViewColumn.Active);
  return { webview, visible: true, onDidChangeVisibility: () => undefined, onDidDispose: () => undefined };
}

const waitUntilVisible = () => waitUntil("the panel is visible", async () => (await panel()).isVisible);

describe("the panel in an editor tab", () => {
  after(async () => {
    await window.tabGroups.close(tabs());
    await commands.executeCommand("workbench.view.explorer");
  });

  it("is open once, and continues the draft of the side bar there and back", async () => {
    await commands.executeCommand("limn.panel.focus");
    await waitUntilVisible();
    await send(change({ prompt: "A heron", count: 2 }));
    await commands.executeCommand("limn.openPanelTab");
    await commands.executeCommand("limn.openPanelTab");
    await waitUntil("the tab is open", async () => tabs().length > 0);
    assert.equal(tabs().length, 1);
    await waitUntil("the draft is in the tab", async () => (await movedDraft())?.prompt === "A heron");
    assert.deepEqual(await movedDraft(), { prompt: "A heron", count: 2 });
    await waitUntilVisible();

    await send(change({ prompt: "A heron at dusk" }));
    await commands.executeCommand("limn.movePanelToSideBar");
    await waitUntil("the tab is closed", async () => tabs().length === 0);
    await waitUntil("the draft is back", async () => (await movedDraft())?.prompt === "A heron at dusk");
    await waitUntilVisible();
  });

  it("is shown by what shows the panel, instead of a second page in the side bar", async () => {
    await commands.executeCommand("limn.openPanelTab");
    await waitUntilVisible();
    await commands.executeCommand("workbench.action.files.newUntitledFile");
    await waitUntil("the tab is hidden", async () => !(await panel()).isVisible);
    await (await panel()).revealPictures();
    await waitUntil("the tab is in front", async () => tabs().some(({ isActive }) => isActive));
    await waitUntilVisible();
    await commands.executeCommand("workbench.action.closeActiveEditor");
    await waitUntil("the tab is closed", async () => tabs().length === 0);
  });

  it("ignores the page that it has replaced, and one that opens late in the side bar", async () => {
    const opened = await panel();
    const inSideBar = silentPage();
    const replaced = opened.connect(inSideBar);
    await replaced(change({ prompt: "Typed" }));
    await commands.executeCommand("limn.openPanelTab");
    await replaced(change({ prompt: "Too late" }));
    await opened.connect(inSideBar)(change({ prompt: "Too late" }));
    assert.equal((await movedDraft())?.prompt, "Typed");
    await waitUntilVisible();
    await commands.executeCommand("limn.movePanelToSideBar");
    await waitUntil("the tab is closed", async () => tabs().length === 0);
    await waitUntilVisible();
    assert.equal((await movedDraft())?.prompt, "Typed");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });
});

describe("a page that loads slowly", () => {
  // The page of the test took the place of the panel's own, which gets it back from a tab.
  after(async () => {
    await commands.executeCommand("limn.openPanelTab");
    await waitUntilVisible();
    await commands.executeCommand("limn.movePanelToSideBar");
    await waitUntil("the tab is closed", async () => tabs().length === 0);
    await waitUntilVisible();
    await commands.executeCommand("workbench.view.explorer");
  });

  it("shows the request that the form was filled with before, on top of the draft of an earlier page", async () => {
    const opened = await panel();
    const earlier = opened.connect(silentPage());
    const typed = change({ prompt: "Yesterday's hut", count: 2 });
    await earlier(typed);
    await opened.fillDraft({ prompt: "A hut at noon" });
    opened.connect(silentPage());
    const { draftUpdate } = await snapshot();
    assert.deepEqual(
      [draftUpdate?.draft, draftUpdate?.focus, draftUpdate?.continued],
      [{ prompt: "A hut at noon" }, "prompt", { draft: typed.draft, changedAt: typed.changedAt }],
    );
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("continues the draft that an earlier page has changed since the form was filled", async () => {
    const opened = await panel();
    const earlier = opened.connect(silentPage());
    await opened.fillDraft({ prompt: "A hut at noon" });
    await earlier(change({ prompt: "A hut at noon, in fog" }));
    opened.connect(silentPage());
    assert.deepEqual(await movedDraft(), { prompt: "A hut at noon, in fog" });
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("gets the form when it asks, since the first message reached it before it listened; at once with the buttons of a user without a key", async () => {
    useKey(undefined);
    const tab = window.createWebviewPanel("limn-test.slow", "Slow page", ViewColumn.Active, { enableScripts: true });
    const received: unknown[] = [];
    const connected = (await panel()).connect({
      webview: tab.webview,
      visible: true,
      onDidChangeVisibility: () => undefined,
      onDidDispose: tab.onDidDispose,
    });
    tab.webview.onDidReceiveMessage((message) =>
      message.type === "ready" ? connected(message) : received.push(message),
    );
    tab.webview.html = `<script>
      const vscode = acquireVsCodeApi();
      addEventListener("load", () => setTimeout(() => {
        // As the panel's page does, it ignores changes of a form that it does not have.
        addEventListener("message", ({ data }) => {
          if (data.type === "snapshot") vscode.postMessage({ isReady: data.snapshot.engine.isReady });
        });
        vscode.postMessage({ type: "ready" });
      }, 500));
    </script>`;
    await waitUntil("the page has the form", async () => received.length > 0);
    assert.deepEqual(received[0], { isReady: false });
    tab.dispose();
  });
});
