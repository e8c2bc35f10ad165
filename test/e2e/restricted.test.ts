import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { copySample } from "../../scripts/sampleSite.ts";
import { injectAll, injected, refusals } from "../panel/harness/injections.ts";
import { answerUntilPath, fillGenerateFlow } from "../support/e2e/generateFlow.ts";
import { panelFrame, showPanel } from "../support/e2e/panel.ts";
import { pasteImage } from "../support/e2e/pasteImage.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { closeServer, listenOnLoopback, originOf } from "../support/loopback.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";

let source: TemporaryFolder;
let outsideFolder: string;
let workbench: Workbench;

/** Requests to the attacker's server, which must stay empty. */
const receivedRequests: string[] = [];
const attackerServer = createServer((request, response) => {
  receivedRequests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ""}`);
  response.end("{}");
});

/** Name of a folder that contains a command link in VS Code's Markdown. */
const commandLinkName = "[Undo](command:workbench.action.toggleSidebarVisibility)";

/** Prompts in the repository's `.limn/prompts.json`. */
const sharedPrompts = [
  { name: "<img src=x onerror=ranInPage('name')>", text: "A quiet lake <script>ranInPage('text')</script>" },
  { name: commandLinkName, text: "A loud lake" },
];

/** Creates a repository that tries to redirect pictures, key and spending. */
async function makeRepository(folder: string): Promise<void> {
  await copySample(folder);
  const url = `${originOf(attackerServer)}/v1`;
  const settings = {
    "limn.folder": "../../elsewhere",
    "limn.fileName": "../{slug}",
    "limn.format": "png",
    "limn.quality": 20,
    "limn.engine": "runware",
    "limn.apiUrl": url,
    "limn.webhookURL": url,
    "limn.uploadEndpoint": url,
    "limn.budget.perDay": 1e9,
    "limn.budget.perMonth": 1e9,
    "limn.budget.askAbove": 1e9,
  };
  await mkdir(join(folder, ".vscode"));
  await writeFile(join(folder, ".vscode/settings.json"), JSON.stringify(settings));
  await mkdir(join(folder, ".limn"));
  await writeFile(join(folder, ".limn/prompts.json"), JSON.stringify({ prompts: sharedPrompts }));
  const target = { name: commandLinkName, files: [{ path: "out/{name}.webp" }] };
  await writeFile(join(folder, ".limn/targets.json"), JSON.stringify({ targets: [target] }));
  await mkdir(join(folder, commandLinkName));
  await cp(join(folder, "images/hut.png"), join(folder, commandLinkName, "hut.png"));
  await cp(join(folder, "images/hut.png"), join(folder, `${commandLinkName}.png`));
  await symlink(outsideFolder, join(folder, "out"));
  const missing = "images/](command:workbench.action.toggleSidebarVisibility)$(zap).png";
  const links = [
    `<img src="${missing}">`,
    '<img src="images/hut.png" width="100">',
    `<img src="images/lake.png" alt="${commandLinkName} $(zap)">`,
  ];
  await writeFile(join(folder, "hostile.html"), links.map((link) => `${link}\n`).join(""));
}

beforeAll(async () => {
  await listenOnLoopback(attackerServer);
  source = await temporaryFolder();
  outsideFolder = await mkdtemp(join(tmpdir(), "limn-outside-"));
  const folder = join(source.path, "site");
  await makeRepository(folder);
  workbench = await openWorkbench(inject("extensions"), {
    folder,
    trust: true,
    env: { RUNWARE_API_KEY: "the-key-of-the-user" },
    settings: {
      "limn.engine": "sandbox",
      "limn.openAfterSaving": false,
      "limn.weightCheck": true,
      "security.workspace.trust.startupPrompt": "never",
    },
  });
});

afterAll(async () => {
  await workbench?.close();
  await source?.remove();
  await rm(outsideFolder, { recursive: true });
  await closeServer(attackerServer);
});

describe("a malicious, untrusted repository", () => {
  it("can be used, without effect of its settings", async () => {
    const { quickInput, notifications, folder } = workbench;
    await fillGenerateFlow(workbench, "A careful picture");
    expect(await quickInput.value()).toBe("images/a-careful-picture.jpg");
    await quickInput.type("out/a-careful-picture.jpg");
    await expect.poll(() => quickInput.text(), { timeout: 30_000 }).toContain("leads out of the workspace folder");
    await quickInput.type("images/a-careful-picture.jpg");
    await workbench.screenshot("restricted");
    await expect.poll(() => quickInput.text(), { timeout: 30_000 }).toContain("Will be saved as");
    await quickInput.accept();
    await notifications.waitFor("Saved images/a-careful-picture.jpg");
    expect(await readdir(join(folder, "images"))).toContain("a-careful-picture.jpg");
    expect(await readdir(outsideFolder)).toEqual([]);
  });

  it("cannot inject a command link through the name of an image that is exported", async () => {
    const { page, quickInput, notifications, explorer } = workbench;
    const links = page.locator(".quick-input-widget a[href], .notification-toast a[href]");
    await explorer.menu([`${commandLinkName}.png`], "Limn", "Export Image For…");
    await quickInput.waitUntilOpen({ title: commandLinkName.replace("](", "] (") });
    expect(await links.count()).toBe(0);
    await notifications.waitFor(".limn/targets.json is not used in Restricted Mode.");
    expect(await quickInput.text()).not.toContain("This Project");
    await quickInput.type("WebP");
    await quickInput.pick("WebP");
    await quickInput.waitUntilOpen({ placeholder: "Where do the files go?" });
    await quickInput.accept();
    await notifications.waitFor(`Exported ${commandLinkName.replace("](", "] (")}.webp: 1000 × 760`);
    expect(await links.count()).toBe(0);
  });

  it("cannot inject a command link through the name of an image that a tool changes", async () => {
    const { page, quickInput, notifications, explorer, folder } = workbench;
    const shown = commandLinkName.replace("](", "] (");
    const links = page.locator(".quick-input-widget a[href], .notification-toast a[href]");
    await explorer.menu([`${commandLinkName}.png`], "Limn", "Remove Background…");
    await quickInput.waitUntilOpen({ title: `Remove Background: ${shown}.png` });
    await workbench.screenshot("restricted-tool");
    expect(await links.count()).toBe(0);
    await quickInput.pick("PNG");
    // Names of new files have no colon, which Windows does not allow.
    const portable = (name: string) => `${name.replace("command:", "command-")}-no-background.png`;
    await notifications.waitFor(`Saved ${portable(shown)} · 1000 × 760 · free in the sandbox`);
    expect(await links.count()).toBe(0);
    expect(await readdir(folder)).toContain(portable(commandLinkName));
  });

  it("gets hovers without links to a purchase, whatever its names contain", async () => {
    const { page } = workbench;
    const hover = page.locator(".monaco-hover:visible");
    await workbench.openFile("hostile.html");
    // The user's own setting applies here, too.
    await page.locator(".squiggly-info").first().waitFor({ timeout: 30_000 });
    for (const { line, text } of [
      { line: 1, text: "images/](command:workbench.action.toggleSidebarVisibility)$(zap).png does not exist." },
      { line: 2, text: "1000 × 760" },
    ]) {
      await page.keyboard.press("ControlOrMeta+Home");
      for (let count = 1; count < line; count++) await page.keyboard.press("ArrowDown");
      for (let count = 0; count < 12; count++) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ControlOrMeta+k");
      await page.keyboard.press("ControlOrMeta+i");
      await hover.getByText(text).waitFor({ timeout: 30_000 });
      expect(await hover.getByText(/Edit…|Generate|Reuse/).count()).toBe(0);
      await workbench.screenshot(`restricted-hover-${line}`);
      await page.keyboard.press("Escape");
    }
  });

  it("gets a light bulb that shows its names as text", async () => {
    const { page } = workbench;
    await page.keyboard.press("ControlOrMeta+Home");
    for (let count = 0; count < 12; count++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ControlOrMeta+.");
    const menu = page.locator(".action-widget");
    const path = "images/](command:workbench.action.toggleSidebarVisibility)$(zap).png";
    await menu.getByText(`Generate ${path} with Limn…`).waitFor({ timeout: 30_000 });
    await menu.getByText(`Make a Free Draft of ${path}`).waitFor();
    expect(await menu.locator("a[href]").count()).toBe(0);
    await workbench.screenshot("restricted-light-bulb");
    await page.keyboard.press("Escape");
  });

  it("gets a free draft, whose prompt is shown as text, without a link to a purchase", async () => {
    const { page, folder, notifications } = workbench;
    const moveToLink = async () => {
      await page.keyboard.press("ControlOrMeta+Home");
      for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
      for (let count = 0; count < 12; count++) await page.keyboard.press("ArrowRight");
      await page.getByText("Ln 3, Col 13").waitFor({ timeout: 30_000 });
    };
    // The menu of before closes in two parts.
    await expect.poll(() => page.locator(".action-widget:visible").count(), { timeout: 30_000 }).toBe(0);
    await moveToLink();
    await page.locator(".lightBulbWidget").waitFor({ timeout: 30_000 });
    await page.keyboard.press("ControlOrMeta+.");
    await page.locator(".action-widget").getByText("Make a Free Draft of images/lake.png").click();
    await notifications.waitFor("Made a free draft: images/lake.png");
    expect(await readdir(join(folder, "images"))).toContain("lake.png");
    await page.locator(".monaco-editor .view-lines").first().click();
    await moveToLink();
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.press("ControlOrMeta+i");
    const hover = page.locator(".monaco-hover:visible");
    await hover.getByText("Draft of Limn").waitFor({ timeout: 30_000 });
    expect(await hover.innerText()).toContain(`${commandLinkName} $(zap)`);
    expect(await hover.getByText(/Render Draft|Edit…/).count()).toBe(0);
    await workbench.screenshot("restricted-draft");
    await page.keyboard.press("Escape");
  });

  it("gets a pasted image in the folder of the user's settings", async () => {
    const { page, folder } = workbench;
    await page.keyboard.press("ControlOrMeta+End");
    await pasteImage(page);
    await page.locator(".view-line", { hasText: 'src="images/hostile.png"' }).waitFor({ timeout: 30_000 });
    expect(await readdir(join(folder, "images"))).toContain("hostile.png");
    await workbench.command("File: Revert File");
    await workbench.command("View: Close All Editors");
  });

  it("cannot inject a command link through a folder's name", async () => {
    const { page, quickInput, notifications, explorer } = workbench;
    const shown = commandLinkName.replace("](", "] (");
    const links = page.locator(".quick-input-widget a[href], .notification-toast a[href]");
    await explorer.menu([`${commandLinkName}/hut.png`], "Limn", "Edit Image…");
    await quickInput.waitUntilOpen({ title: "Edit Image" });
    await expect.poll(() => quickInput.text(), { timeout: 30_000 }).toContain(`Sends ${shown}/hut.png`);
    expect(await links.count()).toBe(0);
    await workbench.screenshot("restricted-name");
    await quickInput.type("At night");
    await answerUntilPath(workbench);
    await expect.poll(() => quickInput.text(), { timeout: 30_000 }).toContain(`Will be saved as ${shown}/hut-edit.png`);
    expect(await links.count()).toBe(0);
    await quickInput.accept();
    await notifications.waitFor(`Saved ${shown}/hut-edit.png`);
    expect(await links.count()).toBe(0);
  });

  it("has its prompts shown as text, and causes no request", async () => {
    const { page } = workbench;
    await workbench.command("View: Close All Editors");
    const { panel, prompt } = await showPanel(workbench);
    const frame = await panelFrame(page);
    await injectAll(frame);
    // The policy of VS Code's own frame refuses form submissions before the page's policy applies.
    const expected = refusals.filter((directive) => directive !== "form-action");
    await expect
      .poll(async () => (await injected(frame)).refused, { timeout: 30_000 })
      .toEqual(expect.arrayContaining(expected));
    await panel.getByRole("button", { name: "Earlier and saved prompts" }).click();
    const saved = panel.getByRole("list", { name: "Saved" });
    for (const { name } of sharedPrompts) await saved.getByText(name, { exact: true }).waitFor();
    await workbench.screenshot("restricted-panel");
    await saved.getByText(sharedPrompts[0]?.name ?? "", { exact: true }).click();
    await expect.poll(() => prompt.inputValue(), { timeout: 30_000 }).toBe(sharedPrompts[0]?.text);
    expect((await injected(frame)).ran).toEqual([]);
    await panel.getByText(/^Generate 1/).click();
    const sheet = panel.locator("limn-sheet");
    const newest = async () => {
      await sheet.evaluate((element) => element.scrollIntoView({ block: "start" }));
      return sheet.getByRole("rowheader").first().textContent({ timeout: 2000 });
    };
    await expect.poll(newest, { timeout: 30_000 }).toContain("A quiet lake");
  });

  it("cannot make Limn send requests to the attacker's server", () => {
    expect(receivedRequests).toEqual([]);
  });
});
