import type { Page } from "playwright-core";

/** Puts a PNG of 90 × 60 pixels on the clipboard, without a name, and pastes it at the cursor. */
export async function pasteImage(page: Page): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(90, 60);
    canvas.getContext("2d")?.fillRect(0, 0, 45, 60);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
  });
  await page.keyboard.press("ControlOrMeta+V");
}
