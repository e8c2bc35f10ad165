import type { Locator, Page } from "playwright-core";

/**
 * The notifications in the corner and the dialogs in the middle. Everything waits until it is so,
 * or throws.
 */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits for a notification that says this, and gives it. */
  async waitFor(text: string | RegExp, limitMs = 20_000): Promise<Locator> {
    const toast = this.#page.locator(".notification-toast").filter({ hasText: text }).first();
    await toast.waitFor({ state: "visible", timeout: limitMs });
    return toast;
  }

  /** Waits until there is no notification that says this. */
  async waitUntilGone(text: string | RegExp, limitMs = 20_000): Promise<void> {
    const toast = this.#page.locator(".notification-toast").filter({ hasText: text });
    await toast.first().waitFor({ state: "hidden", timeout: limitMs });
  }

  /** Presses a button of the notification that says this. */
  async press(text: string | RegExp, button: string): Promise<void> {
    const toast = await this.waitFor(text);
    await toast.getByRole("button", { name: button, exact: true }).click();
  }

  /** What all notifications in view say. */
  async texts(): Promise<string[]> {
    return await this.#page.locator(".notification-toast .notification-list-item-message").allInnerTexts();
  }

  /** Waits for a dialog (a modal message) that says this, and gives it. */
  async dialog(text: string | RegExp, limitMs = 20_000): Promise<Locator> {
    const box = this.#page.locator(".monaco-dialog-box").filter({ hasText: text });
    await box.waitFor({ state: "visible", timeout: limitMs });
    return box;
  }

  /** Presses a button of the dialog that says this. */
  async pressInDialog(text: string | RegExp, button: string): Promise<void> {
    const box = await this.dialog(text);
    await box.getByRole("button", { name: button, exact: true }).click();
  }
}
