import type { Locator, Page } from "playwright-core";
import { chooseFromMenu } from "./contextMenu.ts";

const treeSelector = ".explorer-folders-view";
const waitMs = 15_000;
const selectTries = 5;

/** The file explorer. Paths are those of the workspace, such as `images/hut.png`. */
export class Explorer {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Whether keys go to the tree. */
  async hasFocus(): Promise<boolean> {
    return this.#page.locator(treeSelector).evaluate((element) => element.contains(document.activeElement));
  }

  /** Waits until they do not. */
  async waitUntilUnfocused(): Promise<void> {
    const isElsewhere = (selector: string) => !document.querySelector(selector)?.contains(document.activeElement);
    await this.#page.waitForFunction(isElsewhere, treeSelector, { timeout: waitMs });
  }

  /**
   * Waits until a file or folder is in the tree, opening the folders on the way, and gives its row.
   */
  async row(path: string): Promise<Locator> {
    const names = path.split("/");
    for (const [depth, name] of names.entries()) {
      const row = this.#rowAt(name, depth + 1);
      await row.waitFor({ timeout: waitMs });
      const isLast = depth === names.length - 1;
      if (!isLast && (await row.getAttribute("aria-expanded")) === "false") await row.click();
    }
    return this.#rowAt(names.at(-1) ?? "", names.length);
  }

  /**
   * Selects several files as a person does: a click, then Ctrl+click. Gives the row of the last
   * one.
   */
  async select(paths: readonly string[]): Promise<Locator> {
    for (let attempt = 1; attempt <= selectTries; attempt++) {
      for (const [index, path] of paths.entries()) {
        await (await this.row(path)).click(index === 0 ? {} : { modifiers: ["ControlOrMeta"] });
      }
      const rows = await Promise.all(paths.map((path) => this.row(path)));
      const states = await Promise.all(rows.map((row) => row.getAttribute("aria-selected")));
      const last = rows.at(-1);
      // The tree may be drawn anew between two clicks, when a file has just been added or opened,
      // and forget the first.
      if (last !== undefined && states.every((state) => state === "true")) return last;
    }
    throw new Error(`The explorer does not select ${paths.join(" and ")}.`);
  }

  /**
   * Opens the context menu of one or several files and chooses an entry; further names lead through
   * submenus: `menu(["images/hut.png"], "Limn", "Edit Image…")`.
   */
  async menu(paths: readonly string[], ...entries: readonly string[]): Promise<void> {
    await chooseFromMenu(this.#page, () => this.select(paths), entries);
  }

  /** The entries of the context menu of these files; the menu is closed again. */
  async menuEntries(paths: readonly string[]): Promise<string[]> {
    const row = await this.select(paths);
    await row.click({ button: "right" });
    const labels = this.#page.locator(".monaco-menu .action-label[aria-label]:not(.separator)");
    await labels.first().waitFor({ timeout: waitMs });
    const texts = await labels.evaluateAll((all) => all.map((label) => label.getAttribute("aria-label") ?? ""));
    await this.#page.keyboard.press("Escape");
    return texts.filter((text) => text !== "");
  }

  #rowAt(name: string, level: number): Locator {
    const rows = this.#page.locator(`.explorer-folders-view .monaco-list-row[aria-level="${level}"]`);
    return rows.filter({ has: this.#page.locator(".label-name").getByText(name, { exact: true }) }).first();
  }
}
