import { errors, type Locator, type Page } from "playwright-core";

const maxAttempts = 6;
const waitMs = 2500;

/** Locates an entry of the open context menu. */
const entryOf = (page: Page, name: string): Locator => {
  const label = page.locator(".action-label").getByText(name, { exact: true });
  return page.locator(".monaco-menu .action-menu-item").filter({ has: label }).last();
};

/**
 * Clicks an entry; throws if the menu stays open, since VS Code ignores a click right after
 * opening.
 */
async function press(page: Page, entry: Locator): Promise<void> {
  await entry.click({ timeout: waitMs });
  // The first menu is the outermost; submenus close with it.
  await page.locator(".monaco-menu").first().waitFor({ state: "hidden", timeout: 500 });
}

async function attempt(page: Page, target: Locator, entries: readonly string[]): Promise<void> {
  await target.click({ button: "right" });
  for (const name of entries.slice(0, -1)) {
    await entryOf(page, name).hover({ timeout: waitMs });
  }
  await chooseFromOpenMenu(page, entries.at(-1) ?? "");
}

/** Chooses an entry of the menu that is open. */
export async function chooseFromOpenMenu(page: Page, name: string): Promise<void> {
  const entry = entryOf(page, name);
  await press(page, entry).catch(() => press(page, entry));
}

/**
 * Right-clicks the target and chooses the last of `entries`, through the submenus before it. Tries
 * again if an opening editor closes the menu, or the extension's entries are not there yet.
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
  throw new Error(`The context menu has no entry “${entries.join(" › ")}”, or it could not be clicked.`);
}
