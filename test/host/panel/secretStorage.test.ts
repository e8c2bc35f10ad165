import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { ViewColumn, window } from "vscode";
import { loadLater } from "../../../src/extension.ts";
import { jobMarkersFolder } from "../../../src/host/storage/storagePaths.ts";
import { waitUntil } from "../support/commands.ts";
import { createSecondContext } from "../support/limnContext.ts";
import { useKey } from "../support/testService.ts";

describe("a secret storage that never answers", () => {
  it("delays the form by a second at most, and neither pictures nor jobs of earlier sessions", async () => {
    useKey(undefined);
    const { context, close } = await createSecondContext();
    const tab = window.createWebviewPanel("limn-test.secrets", "Page", ViewColumn.Active, { enableScripts: true });
    const received: unknown[] = [];
    tab.webview.onDidReceiveMessage((message: unknown) => received.push(message));
    // What a page has got of the form and of the pictures, of which there are none.
    tab.webview.html = `<script>
      const vscode = acquireVsCodeApi();
      addEventListener("message", ({ data }) => {
        if (data.type === "snapshot") vscode.postMessage("form");
        if (data.type === "update" && data.changed.sheet !== undefined) vscode.postMessage("pictures");
      });
    </script>`;
    const { panel } = await loadLater(context, () => undefined).loadLimn();
    const handle = panel.connect({
      webview: tab.webview,
      visible: true,
      onDidChangeVisibility: () => undefined,
      onDidDispose: tab.onDidDispose,
    });
    await waitUntil("the page has the form", async () => received.includes("form"));
    await handle({
      type: "showSheet",
      queryNumber: 1,
      text: "",
      filter: "all",
      everywhere: true,
      columns: 1,
      first: 0,
      count: 1,
    });
    await waitUntil("the page has the pictures", async () => received.includes("pictures"));
    await waitUntil("jobs of earlier sessions are looked for", async () =>
      existsSync(jobMarkersFolder(context.globalStorageUri.fsPath)),
    );
    assert.equal(panel.isVisible, true);
    tab.dispose();
    await close();
  });
});
