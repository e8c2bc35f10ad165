import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { copySample } from "../../scripts/sampleSite.ts";
import { injectAll, injected, refusals } from "../panel/harness/injections.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";

let source: TemporaryFolder;
let outsideFolder: string;
let workbench: Workbench;

/** A server of whoever made the repository: it must not hear of anything. */
const receivedRequests: string[] = [];
const attackerServer = createServer((request, response) => {
  receivedRequests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
  response.end("{}");
});

/** A folder whose name VS Code would make a link of that runs a command. */
const commandLinkName = "[Undo](command:workbench.action.toggleSidebarVisibility)";

/** Prompts the repository shares. */
const sharedPrompts = [
  { name: "<img src=x onerror=ranInPage('name')>", text: "A quiet lake <script>ranInPage('text')</script>" },
  { name: commandLinkName, text: "A loud lake" },
];

/** A cloned repository that tries to lead pictures, the key and the money elsewhere. */
async function makeRepository(folder: string): Promise<void> {
  await copySample(folder);
  const address = attackerServer.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1`;
  const settings = {
    ...{ "limn.folder": "../../elsewhere", "limn.fileName": "../{slug}", "limn.format": "png", "limn.quality": 20 },
    ...{ "limn.engine": "runware", "limn.apiUrl": url, "limn.webhookURL": url, "limn.uploadEndpoint": url },
    ...{ "limn.budget.perDay": 1e9, "limn.budget.perMonth": 1e9, "limn.budget.askAbove": 1e9 },
  };
  await mkdir(join(folder, ".vscode"));
  await writeFile(join(folder, ".vscode/settings.json"), JSON.stringify(settings));
  await mkdir(join(folder, ".limn"));
  await writeFile(join(folder, ".limn/prompts.json"), JSON.stringify({ prompts: sharedPrompts }));
  await mkdir(join(folder, commandLinkName));
  await cp(join(folder, "images/hut.png"), join(folder, commandLinkName, "hut.png"));
  await symlink(outsideFolder, join(folder, "out"));
}

beforeAll(async () => {
  await new Promise<void>((resolve) => attackerServer.listen(0, "127.0.0.1", resolve));
  source = await temporaryFolder();
  outsideFolder = await mkdtemp(join(tmpdir(), "limn-outside-"));
  const folder = join(source.path, "site");
  await makeRepository(folder);
  workbench = await openWorkbench(inject("extensions"), {
    folder,
    trust: true,
    env: { RUNWARE_API_KEY: "the-key-of-the-person" },
    settings: {
      ...{ "limn.engine": "sandbox", "limn.openAfterSaving": false },
      "security.workspace.trust.startupPrompt": "never",
    },
  });
});

afterAll(async () => {
  await workbench?.close();
  await source?.remove();
  await rm(outsideFolder, { recursive: true });
  attackerServer.closeAllConnections();
  await new Promise((resolve) => attackerServer.close(resolve));
});

/** The frame the panel's page is in. */
async function panelFrame(frames: readonly Frame[]): Promise<Frame> {
  for (const frame of frames) {
    if ((await frame.locator("limn-app").count()) > 0) return frame;
  }
  throw new Error("The panel is in none of the frames.");
}

describe("a hostile repository that is not trusted", () => {
  it("can be worked in, and its settings are not listened to", async () => {
    const { quickInput, notifications, folder } = workbench;
    await workbench.command("Limn: Generate Image…");
    await quickInput.waitUntilOpen({ title: "Generate Image" });
    await quickInput.type("A careful picture");
    for (const placeholder of [/What should the picture show/, /Size in pixels/, /How many/]) {
      await quickInput.waitUntilOpen({ placeholder });
      await quickInput.accept();
    }
    await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
    expect(await quickInput.value()).toBe("images/a-careful-picture.jpg");
    await quickInput.type("out/a-careful-picture.jpg");
    await expect.poll(() => quickInput.text(), { timeout: 10_000 }).toContain("leads out of the workspace folder");
    await quickInput.type("images/a-careful-picture.jpg");
    await workbench.screenshot("restricted");
    await expect.poll(() => quickInput.text(), { timeout: 10_000 }).toContain("Will be saved as");
    await quickInput.accept();
    await notifications.waitFor("Saved images/a-careful-picture.jpg");
    expect(await readdir(join(folder, "images"))).toContain("a-careful-picture.jpg");
    expect(await readdir(outsideFolder)).toEqual([]);
  });

  it("cannot make a link of a name, which would run a command", async () => {
    const { page, quickInput, notifications, explorer } = workbench;
    const shown = commandLinkName.replace("](", "] (");
    const links = page.locator(".quick-input-widget a[href], .notification-toast a[href]");
    await explorer.menu([`${commandLinkName}/hut.png`], "Limn", "Edit Image…");
    await quickInput.waitUntilOpen({ title: "Edit Image" });
    await expect.poll(() => quickInput.text(), { timeout: 10_000 }).toContain(`Sends ${shown}/hut.png`);
    expect(await links.count()).toBe(0);
    await workbench.screenshot("restricted-name");
    await quickInput.type("At night");
    for (const placeholder of [/What should change/, /Size in pixels/, /How many/]) {
      await quickInput.waitUntilOpen({ placeholder });
      await quickInput.accept();
    }
    await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
    await expect.poll(() => quickInput.text(), { timeout: 10_000 }).toContain(`Will be saved as ${shown}/hut-edit.png`);
    expect(await links.count()).toBe(0);
    await quickInput.accept();
    await notifications.waitFor(`Saved ${shown}/hut-edit.png`);
    expect(await links.count()).toBe(0);
  });

  it("shares prompts as text in the panel, which sends nothing by itself", async () => {
    const { page } = workbench;
    const panel = workbench.webview();
    await workbench.command("View: Close All Editors");
    await page.getByRole("tab", { name: /^Limn/ }).locator("a").click();
    const prompt = panel.getByRole("textbox", { name: "Prompt", exact: true });
    await prompt.waitFor({ timeout: 30_000 });
    const frame = await panelFrame(page.frames());
    await injectAll(frame);
    // VS Code's own frame forbids what a form would open, before the page's policy is asked.
    const expected = refusals.filter((directive) => directive !== "form-action");
    await expect
      .poll(async () => (await injected(frame)).refused, { timeout: 10_000 })
      .toEqual(expect.arrayContaining(expected));
    await panel.getByRole("button", { name: "Earlier and saved prompts" }).click();
    const saved = panel.getByRole("list", { name: "Saved" });
    for (const { name } of sharedPrompts) await saved.getByText(name, { exact: true }).waitFor();
    await workbench.screenshot("restricted-panel");
    await saved.getByText(sharedPrompts[0]?.name ?? "", { exact: true }).click();
    await expect.poll(() => prompt.inputValue(), { timeout: 10_000 }).toBe(sharedPrompts[0]?.text);
    expect((await injected(frame)).ran).toEqual([]);
    await panel.getByText(/^Generate 1/).click();
    const sheet = panel.locator("limn-sheet");
    const newest = async () => {
      await sheet.evaluate((element) => element.scrollIntoView({ block: "start" }));
      return sheet.getByRole("rowheader").first().textContent({ timeout: 2000 });
    };
    await expect.poll(newest, { timeout: 30_000 }).toContain("A quiet lake");
  });

  it("has told nobody of anything", () => {
    expect(receivedRequests).toEqual([]);
  });
});
