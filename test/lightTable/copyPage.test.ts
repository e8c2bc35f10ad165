import sharp from "sharp";
import { expect, test } from "vitest";
import { allowClipboard, clipboardImage } from "../support/clipboardImage.ts";
import { axeInAllThemes, useImagePages } from "./imagePage.ts";

const open = useImagePages();

/** Opens the page with an image. */
const openCopyPage = (image: Buffer, mediaType: string, hasClipboard = true) =>
  open({ entry: "copyPage", image, fields: { mediaType, label: "images/hut" }, hasClipboard });

const plain = sharp({ create: { width: 60, height: 40, channels: 3, background: "#2a6f97" } });
const twoFrames = sharp(Buffer.alloc(60 * 80 * 3, 99), { raw: { width: 60, height: 80, channels: 3, pageHeight: 40 } });
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><path d="M0 0h9v9z"/></svg>');

test.each([
  ["PNG", "image/png", await plain.clone().png().toBuffer()],
  [
    "JPEG that is turned by its metadata",
    "image/jpeg",
    await plain.clone().rotate(90).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
  ],
  ["WebP", "image/webp", await plain.clone().webp().toBuffer()],
  ["AVIF", "image/avif", await plain.clone().avif({ effort: 0 }).toBuffer()],
  ["animated GIF, its first frame", "image/gif", await twoFrames.gif().toBuffer()],
  ["SVG", "image/svg+xml", svg],
])("A file is copied as PNG, upright: %s", async (_, mediaType, image) => {
  const { page, sent } = await openCopyPage(image, mediaType);
  await expect.poll(() => sent).toEqual(["ready", "copied"]);
  expect(await clipboardImage(page)).toEqual({ width: 60, height: 40 });
});

test("A file that is no picture is not copied, and the host gets a message", async () => {
  const { sent } = await openCopyPage(Buffer.from("no picture"), "image/png");
  await expect.poll(() => sent).toEqual(["ready", "failed"]);
});

const disc = Buffer.from('<svg width="300" height="200"><circle cx="150" cy="100" r="80" fill="#2a6f97"/></svg>');
const cutOut = await sharp({ create: { width: 300, height: 200, channels: 4, background: "#00000000" } })
  .composite([{ input: disc }])
  .png()
  .toBuffer();

test("If VS Code does not allow it, a message in the colours of every theme names the button that copies the file", async () => {
  const { page, sent } = await openCopyPage(cutOut, "image/png", false);
  const button = page.getByRole("button", { name: "Copy Image" });
  await page.getByText("VS Code did not allow Limn to write to the clipboard. Press Copy Image.").waitFor();
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await axeInAllThemes(page, "copy-page")).toEqual([]);
  await allowClipboard(page);
  await button.click();
  await expect.poll(() => sent).toEqual(["ready", "copied"]);
  expect(await clipboardImage(page)).toEqual({ width: 300, height: 200 });
});
