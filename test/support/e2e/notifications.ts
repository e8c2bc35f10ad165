import type { Locator, Page } from "playwright-core";

/** VS Code's notifications and modal dialogs. Methods throw on timeout. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits for the notification with this text and returns it. */
  async waitFor(text: string | RegExp, limitMs = 60_000): Promise<Locator> {
    const toast = this.#page.locator(".notification-toast").filter({ hasText: text }).first();
    await toast.waitFor({ state: "visible", timeout: limitMs });
    return toast;
  }

  /** Waits until no notification with this text is shown. */
  async waitUntilGone(text: string | RegExp, limitMs = 60_000): Promise<void> {
    const toast = this.#page.locator(".notification-toast").filter({ hasText: text });
    await toast.first().waitFor({ state: "hidden", timeout: limitMs });
  }

  /** Presses a button of the notification with this text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    const toast = await this.waitFor(text);
    await toast.getByRole("button", { name: button, exact: true }).click();
  }

  /** Returns the texts of all notifications in view. */
  async texts(): Promise<string[]> {
    return await this.#page.locator(".notification-toast .notification-list-item-message").allInnerTexts();
  }

  /** Waits for the modal dialog with this text and returns it. */
  async dialog(text: string | RegExp, limitMs = 60_000): Promise<Locator> {
    const box = this.#page.locator(".monaco-dialog-box").filter({ hasText: text });
    await box.waitFor({ state: "visible", timeout: limitMs });
    return box;
  }

  /** Presses a button of the dialog with this text. */
  async pressInDialog(text: string | RegExp, button: string): Promise<void> {
    const box = await this.dialog(text);
    await box.getByRole("button", { name: button, exact: true }).click();
  }
}
