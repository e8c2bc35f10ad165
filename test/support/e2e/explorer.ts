import type { Locator, Page } from "playwright-core";
import { chooseFromMenu } from "./contextMenu.ts";

const treeSelector = ".explorer-folders-view";
const waitMs = 45_000;
const maxAttempts = 5;

/** Returns the place of an element. VS Code may redraw it meanwhile, so this tries again. */
async function boxOf(locator: Locator): Promise<{ readonly x: number; readonly y: number }> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    await locator.waitFor({ timeout: waitMs });
    const box = await locator.boundingBox();
    if (box !== null) return box;
  }
  throw new Error("The element is not in view.");
}

/** VS Code's Explorer. Paths are relative to the workspace, such as `images/hut.png`. */
export class Explorer {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Whether the tree has the keyboard focus. */
  async hasFocus(): Promise<boolean> {
    return this.#page.locator(treeSelector).evaluate((element) => element.contains(document.activeElement));
  }

  /** Waits until the tree has lost the keyboard focus. */
  async waitUntilUnfocused(): Promise<void> {
    const isUnfocused = (selector: string) => !document.querySelector(selector)?.contains(document.activeElement);
    await this.#page.waitForFunction(isUnfocused, treeSelector, { timeout: waitMs });
  }

  /** Waits for the row of a file or folder and returns it; opens the folders above it. */
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

  /** Selects files by click and Ctrl+click, and returns the row of the last one. */
  async select(paths: readonly string[]): Promise<Locator> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      for (const [index, path] of paths.entries()) {
        await (await this.row(path)).click(index === 0 ? {} : { modifiers: ["ControlOrMeta"] });
      }
      const rows = await Promise.all(paths.map((path) => this.row(path)));
      const states = await Promise.all(rows.map((row) => row.getAttribute("aria-selected")));
      const last = rows.at(-1);
      // The tree loses the first click if it redraws before the second one, which happens when a
      // file has just been added or opened.
      if (last !== undefined && states.every((state) => state === "true")) return last;
    }
    throw new Error(`The Explorer did not select ${paths.join(" and ")}.`);
  }

  /**
   * Chooses an entry of the context menu of one or several files, through submenus if several
   * entries are given: `menu(["images/hut.png"], "Limn", "Edit Image…")`.
   */
  async menu(paths: readonly string[], ...entries: readonly string[]): Promise<void> {
    await chooseFromMenu(this.#page, () => this.select(paths), entries);
  }

  /** Returns the entries of the context menu of these files, and closes the menu again. */
  async menuEntries(paths: readonly string[]): Promise<string[]> {
    const row = await this.select(paths);
    await row.click({ button: "right" });
    const labels = this.#page.locator(".monaco-menu .action-label[aria-label]:not(.separator)");
    await labels.first().waitFor({ timeout: waitMs });
    const texts = await labels.evaluateAll((all) => all.map((label) => label.getAttribute("aria-label") ?? ""));
    await this.#page.keyboard.press("Escape");
    return texts.filter((text) => text !== "");
  }

  /** Drags a file to the start of a line of the active editor; `line` counts from 0. */
  async dragToLine(path: string, line: number): Promise<void> {
    const { keyboard, mouse } = this.#page;
    const file = await boxOf(await this.row(path));
    const target = await boxOf(this.#page.locator(".editor-instance .view-line").nth(line));
    await mouse.move(file.x + 60, file.y + 8);
    await mouse.down();
    await mouse.move(file.x + 90, file.y + 10, { steps: 3 });
    // With Shift, VS Code drops the file into the text instead of opening it.
    await keyboard.down("Shift");
    await mouse.move(target.x + 20, target.y + 8, { steps: 8 });
    await mouse.up();
    await keyboard.up("Shift");
  }

  #rowAt(name: string, level: number): Locator {
    const rows = this.#page.locator(`.explorer-folders-view .monaco-list-row[aria-level="${level}"]`);
    return rows.filter({ has: this.#page.locator(".label-name").getByText(name, { exact: true }) }).first();
  }
}
