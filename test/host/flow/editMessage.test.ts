import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, Uri, window } from "vscode";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, uriInWorkspace } from "../support/files.ts";
import { enterTimes, runUntilInput, typeText } from "../support/quickInput.ts";
import "../support/testService.ts";

const tabLabels = (): readonly string[] => window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

describe("the message after an edit", () => {
  beforeEach(() => commands.executeCommand("notifications.clearAll"));
  afterEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  async function edit(uri: Uri): Promise<unknown> {
    const { done } = await runUntilInput("limn.edit", uri);
    await typeText("At night");
    await enterTimes(4);
    return done;
  }

  it("opens the compare tab of the image and its edit", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const uri = uriInWorkspace(`${folder}/grey.png`);
    await writeFile(uri.fsPath, greyPng(300, 300, 60));
    await edit(uri);
    await commands.executeCommand("notification.acceptPrimaryAction");
    await waitUntil("the compare tab is open", async () => tabLabels().includes("grey.png ↔ grey-edit.png"));
  });

  it("does so for an image from outside the workspace too, whose edit is saved in the proposed folder", async () => {
    const outside = await mkdtemp(join(tmpdir(), "limn-outside-"));
    const uri = Uri.file(join(outside, "slate.png"));
    await writeFile(uri.fsPath, greyPng(300, 300, 61));
    await edit(uri);
    await commands.executeCommand("notification.acceptPrimaryAction");
    await waitUntil("the compare tab is open", async () => tabLabels().includes("slate.png ↔ slate-edit.png"));
    await rm(outside, { recursive: true });
  });
});
