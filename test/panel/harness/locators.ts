import type { Locator } from "playwright-core";
import type { Intent } from "../../../src/protocol.ts";
import type { Panel } from "./harness.ts";

/** The field for the prompt. */
export const promptField = ({ page }: Panel): Locator => page.getByRole("textbox", { name: "Prompt", exact: true });

/** The button that buys. */
export const generateButton = ({ page }: Panel): Locator => page.locator("limn-generate-button vscode-button");

/** Accessible name or text of the element with the focus, in shadow roots too. */
export const focusedName = ({ page }: Panel): Promise<string> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return (active?.getAttribute("aria-label") ?? active?.textContent ?? "").trim().replace(/\s+/g, " ");
  });

/** The intents of one type, in order. */
export async function intentsOf<Type extends Intent["type"]>(
  panel: Panel,
  type: Type,
): Promise<Extract<Intent, { type: Type }>[]> {
  const all = await panel.intents();
  return all.filter((intent): intent is Extract<Intent, { type: Type }> => intent.type === type);
}

/** The live region with the last announcement. */
export const announcer = ({ page }: Panel): Locator => page.locator(".announcer");
