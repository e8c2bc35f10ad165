import type { Page } from "playwright-core";

/** Lets the pages of a browser read and write the clipboard, and empties it. */
export async function allowClipboard(page: Page): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText(""));
}

/** Pixels of the PNG on the clipboard; `undefined` if there is none. */
export const clipboardImage = (page: Page) =>
  page.evaluate(async () => {
    const items = await navigator.clipboard.read();
    const png = await items.find(({ types }) => types.includes("image/png"))?.getType("image/png");
    if (png === undefined) return undefined;
    const { width, height } = await createImageBitmap(png);
    return { width, height };
  });
