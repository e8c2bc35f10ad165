import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { type SandboxServer, startSandboxServer } from "../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";
import { fillGenerateFlow } from "../support/e2e/generateFlow.ts";
import { openFormSettings, showPanel } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type FaultProxy, startFaultProxy } from "../support/faultProxy.ts";
import { greyPng } from "../support/greyPng.ts";

const { imaging, fonts } = sandboxDepsFromSources();

let sandbox: SandboxServer;
let faultProxy: FaultProxy;
let workbench: Workbench;

/** The keybinding of docs/commands.md. */
const keybinding = {
  key: "ctrl+alt+g",
  command: "limn.generate",
  args: { prompt: "a red fox in fresh snow", size: "1024x1024", path: "held/fox.webp" },
};

beforeAll(async () => {
  sandbox = await startSandboxServer({ imaging, fonts, delay: 300 });
  faultProxy = await startFaultProxy(sandbox.url);
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.apiUrl": faultProxy.url, "limn.openAfterSaving": false },
    keybindings: [keybinding],
    env: { RUNWARE_API_KEY: sandbox.key },
  });
});

afterEach(() => faultProxy.setRule(() => undefined));

afterAll(async () => {
  await workbench?.close();
  await faultProxy?.close();
  await sandbox?.close();
  await imaging.dispose();
});

/** Returns how many purchases of this prompt were sent to the service. */
const purchaseCount = (prompt: string): number =>
  faultProxy.requests.filter(
    ({ taskType, body }) => taskType === "imageInference" && body.includes(JSON.stringify(prompt)),
  ).length;

const pause = (milliseconds: number) => workbench.page.waitForTimeout(milliseconds);

/** Holds a key for a second; the browser marks all key presses but the first as repeats. */
async function holdKey(key: string): Promise<void> {
  const { keyboard } = workbench.page;
  for (let repeat = 0; repeat < 30; repeat++) {
    await keyboard.down(key);
    await pause(33);
  }
  await keyboard.up(key);
}

/** Shows the panel and types this prompt into its form. */
async function openPanelWithPrompt(text: string) {
  const { panel, prompt } = await showPanel(workbench);
  await prompt.fill(text);
  return {
    panel,
    prompt,
    generate: panel.locator("limn-generate-button vscode-button"),
    jobs: panel.locator("limn-job-list li"),
    /** Jobs that are waited for, above their pictures. */
    waiting: panel.getByRole("rowheader", { name: /Sending|Making/ }),
  };
}

/** Clicks the center of an element, even if it is disabled. */
async function clickCenterOf(target: Locator): Promise<void> {
  const box = await target.boundingBox();
  expect(box).not.toBeNull();
  const { x = 0, y = 0, width = 0, height = 0 } = box ?? {};
  await workbench.page.mouse.click(x + width / 2, y + height / 2);
}

/** States of the jobs that have not ended, as their files say. */
async function openJobStates(): Promise<string[]> {
  const folder = join(workbench.server, "User/globalStorage/limn.limn/jobs");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.map((text) => String(JSON.parse(text).state)).filter((state) => !["done", "failed"].includes(state));
}

/** Waits for this many purchases and until no job runs; an accidental one is sent by then. */
async function waitUntilDone(prompt: string, count = 1): Promise<void> {
  await expect.poll(() => purchaseCount(prompt), { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
  await expect.poll(openJobStates, { timeout: 60_000 }).toEqual([]);
}

/** Starts a job that the service refuses once, and returns its Try Again button. */
async function refusedJob(text: string): Promise<Locator> {
  const refusal = { errors: [{ code: "insufficientCredits", message: "No credits." }] };
  faultProxy.setRule(({ taskType }) =>
    taskType === "imageInference" ? { answer: { status: 402, body: JSON.stringify(refusal) } } : undefined,
  );
  const { generate, jobs } = await openPanelWithPrompt(text);
  await generate.click();
  const button = jobs.filter({ hasText: text }).getByRole("button", { name: /^Try Again/ });
  await button.waitFor({ timeout: 30_000 });
  faultProxy.setRule(() => undefined);
  return button;
}

describe("a keybinding", () => {
  it("buys once if it is held for a second", async () => {
    const { page, notifications, folder } = workbench;
    await workbench.openFile("index.html");
    await page.keyboard.down("Control");
    await page.keyboard.down("Alt");
    await holdKey("g");
    await page.keyboard.up("Alt");
    await page.keyboard.up("Control");
    await notifications.waitFor("Saved held/fox.webp", 60_000);
    expect([purchaseCount(keybinding.args.prompt), await readdir(join(folder, "held"))]).toEqual([1, ["fox.webp"]]);
  });

  it("buys twice if it is pressed twice, three seconds apart", async () => {
    const { page, notifications } = workbench;
    const before = purchaseCount(keybinding.args.prompt);
    await page.keyboard.press("Control+Alt+g");
    await pause(3000);
    await page.keyboard.press("Control+Alt+g");
    await notifications.waitFor("Saved held/fox-3.webp", 60_000);
    expect(purchaseCount(keybinding.args.prompt) - before).toBe(2);
  });
});

describe("one purchase is made", () => {
  it("by Enter that is held at the end of the flow", async () => {
    const answers = { size: "1024 × 1024", count: "1 picture", path: "held/hare.jpg" };
    await fillGenerateFlow(workbench, "A held hare", answers);
    await holdKey("Enter");
    await workbench.notifications.waitFor("Saved held/hare.jpg");
    expect(purchaseCount("A held hare")).toBe(1);
  });

  it("by two clicks on Generate that are 120 ms apart", async () => {
    const { panel, generate } = await openPanelWithPrompt("A twice clicked toad");
    await openFormSettings(panel);
    await panel.getByRole("radio", { name: "1:1" }).click();
    await panel.getByRole("radio", { name: /^1K/ }).click();
    await clickCenterOf(generate);
    await pause(120);
    await clickCenterOf(generate);
    await waitUntilDone("A twice clicked toad");
    expect(purchaseCount("A twice clicked toad")).toBe(1);
  });

  it("by Ctrl+Enter that is pressed again after 300 ms", async () => {
    const { keyboard } = workbench.page;
    const { prompt } = await openPanelWithPrompt("A hasty heron");
    await prompt.focus();
    await keyboard.press("ControlOrMeta+Enter");
    await pause(300);
    // Where the user would be if the pictures had not taken the focus.
    await prompt.focus();
    await keyboard.press("ControlOrMeta+Enter");
    await waitUntilDone("A hasty heron");
    expect(purchaseCount("A hasty heron")).toBe(1);
  });

  it("by Enter that is held on Try Again", async () => {
    const button = await refusedJob("A refused raven");
    await button.focus();
    await holdKey("Enter");
    await waitUntilDone("A refused raven", 2);
    expect(purchaseCount("A refused raven")).toBe(2);
  });

  it("by a double click on Try Again", async () => {
    const button = await refusedJob("A rejected rook");
    await button.dblclick();
    await waitUntilDone("A rejected rook", 2);
    expect(purchaseCount("A rejected rook")).toBe(2);
  });
});

describe("two purchases are made", () => {
  it("by two clicks on Generate that are three seconds apart", async () => {
    const { generate } = await openPanelWithPrompt("A deliberate dove");
    await generate.click();
    await pause(3000);
    await generate.click();
    await waitUntilDone("A deliberate dove", 2);
    expect(purchaseCount("A deliberate dove")).toBe(2);
  });
});

describe("the Generate button", () => {
  it("is disabled while references are read, until its own job is shown", async () => {
    const { explorer, folder } = workbench;
    const names = Array.from({ length: 6 }, (_, index) => `large-${index}.png`);
    for (const [index, name] of names.entries()) {
      await writeFile(join(folder, name), greyPng(6000, 4000, 40 + 20 * index));
    }
    const running = Promise.withResolvers<void>();
    faultProxy.setRule(({ taskType }) => (taskType === "getResponse" ? { holdUntil: running.promise } : undefined));
    const slow = await openPanelWithPrompt("A slow sloth");
    await slow.generate.click();
    await slow.waiting.filter({ hasText: "A slow sloth" }).waitFor();

    await workbench.page
      .getByRole("tab", { name: /^Explorer/ })
      .locator("a")
      .click();
    await explorer.menu(names, "Limn", "Add to References");
    // VS Code previews the selected file in another webview.
    await workbench.command("View: Close All Editors");
    // The page may reload when the panel becomes visible, which clears the text.
    const { panel } = await showPanel(workbench);
    await panel.locator('[aria-label^="Reference 6 of 6"]').waitFor({ timeout: 60_000 });
    const { generate } = await openPanelWithPrompt("A patient pelican");
    await generate.click();
    // Its place may be out of view, and is not drawn then; the head of the pictures counts it.
    const card = panel.getByRole("button", { name: "Stop Waiting for All (2)" });
    let presses = 0;
    // Checks and clicks the button while the references are read.
    for (; (await card.count()) === 0; presses++) {
      const isDisabled = (await generate.getAttribute("aria-disabled")) === "true";
      expect(isDisabled || (await card.count()) > 0).toBe(true);
      await clickCenterOf(generate);
      await pause(250);
    }
    expect(presses).toBeGreaterThan(1);
    await expect.poll(() => purchaseCount("A patient pelican")).toBe(1);
    running.resolve();
    await waitUntilDone("A patient pelican");
    expect([purchaseCount("A slow sloth"), purchaseCount("A patient pelican")]).toEqual([1, 1]);
  });
});
