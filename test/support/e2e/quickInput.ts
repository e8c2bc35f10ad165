import type { Locator, Page } from "playwright-core";

const waitMs = 45_000;

/** The open quick pick or input box. Methods throw on timeout. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator(".quick-input-widget");
  }

  /** Waits until an input is open. `title` and `placeholder` match if they contain the text. */
  async waitUntilOpen({
    title,
    placeholder,
  }: {
    title?: string | RegExp;
    placeholder?: string | RegExp;
  } = {}): Promise<void> {
    await this.#widget.waitFor({ state: "visible", timeout: waitMs });
    if (title !== undefined) {
      const shown = this.#widget.locator(".quick-input-title").filter({ hasText: title });
      await shown.waitFor({ state: "visible", timeout: waitMs });
    }
    if (placeholder !== undefined) await this.#widget.getByPlaceholder(placeholder).waitFor({ timeout: waitMs });
  }

  /** Whether an input opens within 5 seconds. */
  async opens(): Promise<boolean> {
    const shown = this.#widget.waitFor({ state: "visible", timeout: 5000 });
    return await shown.then(
      () => true,
      () => false,
    );
  }

  /** Replaces the text in the box. */
  async type(text: string): Promise<void> {
    await this.#box().fill(text);
  }

  /** Replaces the text in the box; resolves with `false` if the box closed before. */
  async tryType(text: string): Promise<boolean> {
    return await this.#box()
      .fill(text, { timeout: 3000 })
      .then(
        () => true,
        () => false,
      );
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.#box().press("Enter");
  }

  /** Presses Escape and waits until no input is open. */
  async escape(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await this.waitUntilClosed();
  }

  /** Waits until no quick pick or input box is open. */
  async waitUntilClosed(): Promise<void> {
    await this.#widget.waitFor({ state: "hidden", timeout: waitMs });
  }

  /** Locates the item with this label (its first line, without description and detail). */
  item(label: string): Locator {
    const name = this.#page.locator(".label-name").getByText(label, { exact: true });
    return this.#widget.locator(".quick-input-list .monaco-list-row").filter({ has: name }).first();
  }

  /** Whether an item with this label appears within 3 seconds. */
  async hasItem(label: string): Promise<boolean> {
    const shown = this.item(label).waitFor({ timeout: 3000 });
    return await shown.then(
      () => true,
      () => false,
    );
  }

  /** Chooses an item by its label. */
  async pick(label: string): Promise<void> {
    await this.item(label).click({ timeout: waitMs });
  }

  /** Chooses an item by its label; resolves with `false` if it disappeared before. */
  async tryPick(label: string): Promise<boolean> {
    const chosen = this.item(label).click({ timeout: 3000 });
    return await chosen.then(
      () => true,
      () => false,
    );
  }

  /** Toggles the checkbox of an item in a list that allows several. */
  async toggleItem(label: string): Promise<void> {
    await this.item(label).locator("input[type=checkbox], .monaco-checkbox").first().click({ timeout: waitMs });
  }

  /** Returns the labels of the items in view, in order. */
  async labels(): Promise<string[]> {
    const names = this.#widget.locator(".quick-input-list .monaco-list-row .label-name");
    await names.first().waitFor({ timeout: waitMs });
    return await names.allInnerTexts();
  }

  /** Returns its visible text: title, message, items. */
  async text(): Promise<string> {
    return await this.#widget.innerText();
  }

  /** Returns the text in the box. */
  async value(): Promise<string> {
    return await this.#box().inputValue();
  }

  /** Presses a button of the title or of the box, such as “Back”. */
  async pressButton(name: string | RegExp): Promise<void> {
    await this.#widget.getByRole("button", { name }).first().click({ timeout: waitMs });
  }

  #box(): Locator {
    return this.#widget.locator(".quick-input-box input, .quick-input-filter input[type=text]").first();
  }
}
