import type { Locator, Page } from "playwright-core";
import { chooseFromMenu } from "./contextMenu.ts";

/** Brings an element into view and returns whether it was there before, not covered by another. */
async function bringIntoView(target: Locator): Promise<boolean> {
  return await target.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const root = element.getRootNode();
    if (!(root instanceof Document || root instanceof ShadowRoot)) return false;
    const hit = root.elementFromPoint(x + width / 2, y + height / 2);
    const isInView = hit !== null && (element.contains(hit) || hit.contains(element));
    if (!isInView) element.scrollIntoView({ block: "center" });
    return isInView;
  });
}

/**
 * Does what a user does, and counts it: each click, text, key or shortcut, and scroll is one
 * action. Waiting is none.
 */
export class ActionCounter {
  readonly #page: Page;
  readonly #counts = { click: 0, text: 0, key: 0, scroll: 0 };

  constructor(page: Page) {
    this.#page = page;
  }

  /** Clicks an element, and scrolls to it before if it is not in view. */
  async click(target: Locator, options?: Parameters<Locator["click"]>[0]): Promise<void> {
    await target.waitFor();
    if (!(await bringIntoView(target))) this.#counts.scroll++;
    await target.click(options);
    this.#counts.click++;
  }

  /** Presses a key or a shortcut, such as `ControlOrMeta+Enter`. */
  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
    this.#counts.key++;
  }

  /** Types a text where the focus is. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
    this.#counts.text++;
  }

  /**
   * Types a text in place of that of a field; clicks it before, unless it has the focus and is
   * empty or all its text is selected.
   */
  async replaceText(field: Locator, text: string): Promise<void> {
    await field.waitFor();
    const isReady = await field.evaluate(
      (input) =>
        input instanceof HTMLTextAreaElement &&
        input.matches(":focus") &&
        document.hasFocus() &&
        input.selectionEnd - input.selectionStart === input.value.length,
    );
    // Three clicks in a row, which count as one, select the paragraph.
    if (!isReady) await this.click(field, { clickCount: 3 });
    await this.type(text);
  }

  /** Chooses an entry of a context menu. The click that opens a submenu counts too. */
  async chooseFromMenu(findTarget: () => Promise<Locator>, entries: readonly string[]): Promise<void> {
    await chooseFromMenu(this.#page, findTarget, entries);
    this.#counts.click += 1 + entries.length;
  }

  /** Such as `5: 3 clicks, 1 text, 1 key`. */
  toString(): string {
    const kinds = Object.entries(this.#counts).filter(([, count]) => count > 0);
    const sum = kinds.reduce((all, [, count]) => all + count, 0);
    return `${sum}: ${kinds.map(([kind, count]) => `${count} ${kind}${count === 1 ? "" : "s"}`).join(", ")}`;
  }
}
