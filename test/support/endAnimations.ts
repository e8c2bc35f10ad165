import type { Page } from "playwright-core";

/**
 * Lets nothing move in the workbench that the page will open; webviews in it stay as they are. VS
 * Code fades its scrollbars even with reduced motion, and Chromium draws each frame without a GPU.
 */
export async function endAnimations(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (window !== window.top) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, *::before, *::after { animation: none !important; transition: none !important; }");
    document.addEventListener("DOMContentLoaded", () => document.adoptedStyleSheets.push(sheet));
  });
}
