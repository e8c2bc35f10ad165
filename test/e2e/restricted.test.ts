import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { copySample, type TemporaryFolder, temporaryFolder } from "../support/workspace.ts";

let source: TemporaryFolder;
let workbench: Workbench;

/** A cloned repository whose settings try to lead pictures, and the key, elsewhere. */
const hostile = {
  "limn.folder": "../../elsewhere",
  "limn.fileName": "../{slug}",
  "limn.apiUrl": "https://example.com/v1",
};

beforeAll(async () => {
  source = await temporaryFolder();
  const folder = join(source.path, "site");
  await copySample(folder);
  await mkdir(join(folder, ".vscode"));
  await writeFile(join(folder, ".vscode/settings.json"), JSON.stringify(hostile));
  workbench = await openWorkbench(inject("extensions"), {
    folder,
    trust: true,
    settings: { "limn.engine": "sandbox", "security.workspace.trust.startupPrompt": "never" },
  });
});

afterAll(async () => {
  await workbench?.close();
  await source?.remove();
});

it("works in a workspace that is not trusted, and does not listen to its settings", async () => {
  const { quickInput, notifications, folder } = workbench;
  await workbench.command("Limn: Generate Image…");
  await quickInput.open({ title: "Generate Image" });
  await quickInput.type("A careful picture");
  for (const placeholder of [/What should the picture show/, /Size in pixels/, /How many/]) {
    await quickInput.open({ placeholder });
    await quickInput.accept();
  }
  await quickInput.open({ placeholder: "images/fox.png" });
  expect(await quickInput.value()).toBe("images/a-careful-picture.jpg");
  await workbench.screenshot("restricted");
  await quickInput.accept();
  await notifications.see("Saved images/a-careful-picture.jpg");
  expect(await readdir(join(folder, "images"))).toContain("a-careful-picture.jpg");
});
