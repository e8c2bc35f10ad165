import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as vscode from "vscode";

describe("the extension in a real VS Code", () => {
  it("can be activated", async () => {
    const extension = vscode.extensions.getExtension("limn.limn");
    assert.ok(extension, "VS Code does not list the extension limn.limn");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("has a copy of the sample site as its workspace", () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    assert.ok(existsSync(vscode.Uri.joinPath(folder.uri, "index.html").fsPath));
  });

  it("reaches the sandbox", async () => {
    const url = process.env.LIMN_TEST_SANDBOX_URL;
    const key = process.env.LIMN_TEST_SANDBOX_KEY;
    assert.ok(url && key);
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify([{ taskType: "ping" }]),
    });
    assert.ok(response.status < 500);
  });
});
