import { errors, type Locator, type Page } from "playwright-core";

const maxAttempts = 6;
const waitMs = 2500;

/** An entry of the context menu that is open. */
const entryOf = (page: Page, name: string): Locator => {
  const label = page.locator(".action-label").getByText(name, { exact: true });
  return page.locator(".monaco-menu .action-menu-item").filter({ has: label }).last();
};

/**
 * VS Code ignores a click that comes right after the menu opened, taking it for the end of the
 * right-click.
 */
async function press(page: Page, entry: Locator): Promise<void> {
  await entry.click({ timeout: waitMs });
  // The outermost is the first; its submenus close with it.
  await page.locator(".monaco-menu").first().waitFor({ state: "hidden", timeout: 500 });
}

async function attempt(page: Page, target: Locator, entries: readonly string[]): Promise<void> {
  await target.click({ button: "right" });
  for (const name of entries.slice(0, -1)) {
    await entryOf(page, name).hover({ timeout: waitMs });
  }
  const last = entryOf(page, entries.at(-1) ?? "");
  await press(page, last).catch(() => press(page, last));
}

/**
 * Right-clicks what `aim` gives and chooses an entry, through submenus where there are further
 * names. An editor that is just opening takes the focus and closes the menu with it, and an
 * extension's entries come a moment after the workbench: then it is aimed and the menu opened anew.
 */
export async function chooseFromMenu(
  page: Page,
  findTarget: () => Promise<Locator>,
  entries: readonly string[],
): Promise<void> {
  for (let attemptsLeft = maxAttempts; attemptsLeft > 0; attemptsLeft--) {
    try {
      return await attempt(page, await findTarget(), entries);
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      await page.keyboard.press("Escape");
    }
  }
  throw new Error(`The context menu has no entry “${entries.join(" › ")}”, or does not take the click.`);
}
