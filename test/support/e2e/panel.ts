import type { Frame, FrameLocator, Locator, Page } from "playwright-core";
import type { Workbench } from "./workbench.ts";

const openMs = 30_000;

/** Limn's panel in the side bar. */
export interface PanelLocators {
  readonly panel: FrameLocator;
  /** The text field of the prompt. */
  readonly prompt: Locator;
}

/** Locates the panel. It must be the only visible webview when a test uses it. */
export function locatePanel(workbench: Workbench): PanelLocators {
  const panel = workbench.webview();
  return { panel, prompt: panel.getByRole("textbox", { name: "Prompt", exact: true }) };
}

/** Opens the panel by its icon in the activity bar, unless it is open; waits for its form. */
export async function showPanel(workbench: Workbench): Promise<PanelLocators> {
  const located = locatePanel(workbench);
  // A click on the icon of an open view would hide the view.
  if (!(await located.prompt.isVisible().catch(() => false))) {
    // Not its link: the badge with the number of jobs covers it.
    await workbench.page.getByRole("tab", { name: /^Limn/ }).click();
  }
  await located.prompt.waitFor({ timeout: openMs });
  return located;
}

/** Opens the settings of the form by the line that sums them up, unless they are open. */
export async function openFormSettings(panel: FrameLocator): Promise<void> {
  const settings = panel.locator("limn-form details");
  if ((await settings.getAttribute("open")) === null) await settings.locator("summary").click();
}

/** Returns the frame of one of Limn's pages, found by its own element. Throws if there is none. */
async function frameWith(page: Page, element: string): Promise<Frame> {
  for (const frame of page.frames()) {
    if ((await frame.locator(element).count()) > 0) return frame;
  }
  throw new Error(`No frame of the window contains ${element}.`);
}

/** Returns the frame of the panel's page. Throws if there is none. */
export const panelFrame = (page: Page): Promise<Frame> => frameWith(page, "limn-app");

/** Waits for the light table, which is beside the panel, and returns the frame of its page. */
export async function waitForLightTable(page: Page): Promise<Frame> {
  const deadline = Date.now() + openMs;
  for (;;) {
    const frame = await frameWith(page, "limn-light-table").catch(() => undefined);
    if (frame !== undefined) {
      await frame.locator("limn-stage img").first().waitFor({ timeout: openMs });
      return frame;
    }
    if (Date.now() > deadline) throw new Error("The light table did not open.");
    await page.waitForTimeout(200);
  }
}
