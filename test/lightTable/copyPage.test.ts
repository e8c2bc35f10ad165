import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterEach, expect, test } from "vitest";
import { pageOptions } from "../../build/panel.mjs";
import { cache, takesScreenshots } from "../../scripts/paths.ts";
import { webviewHtml } from "../../src/host/ui/webviewHtml.ts";
import type { CopyPageState } from "../../src/protocol.ts";
import { bundlePage } from "../panel/harness/bundle.ts";
import { bodyClass, type Theme, themeStyle, themes } from "../panel/harness/themes.ts";
import { axe } from "../support/axe.ts";
import { sharedChromium } from "../support/chromium.ts";
import { allowClipboard, clipboardImage } from "../support/clipboardImage.ts";
import { PagePool, type PooledPage } from "../support/pagePool.ts";

const origin = "http://copy-page.localhost";

/** An image as the host sends it, and what the page has sent to the host. */
interface CopyContent {
  readonly base64: string;
  readonly mediaType: string;
  readonly states: CopyPageState[];
}

const html = webviewHtml({
  scripts: [`${origin}/copyPage.js`],
  icons: `${origin}/codicon.css`,
  cspSource: origin,
  nonce: "dGVzdHMgb25seQ",
  language: "en",
  imageSource: "blob:",
});

async function prepare(pooled: PooledPage<CopyContent>): Promise<void> {
  await pooled.page.exposeFunction("receive", (state: CopyPageState) => {
    pooled.content.states.push(state);
    return state === "ready" ? { base64: pooled.content.base64, mediaType: pooled.content.mediaType } : undefined;
  });
  await pooled.page.addInitScript(() => {
    Reflect.set(window, "acquireVsCodeApi", () => ({
      postMessage: async (state: unknown) => {
        const answer = await Reflect.get(window, "receive")(state);
        if (answer === undefined) return;
        const { base64, mediaType } = answer;
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        window.postMessage({ bytes, mediaType, label: "images/hut" });
      },
    }));
  });
}

let startedPool: Promise<PagePool<CopyContent>> | undefined;

async function startPool(): Promise<PagePool<CopyContent>> {
  const scripts = await bundlePage("src/lightTable/copyPage.ts", "copyPage", pageOptions);
  return new PagePool<CopyContent>(await sharedChromium(), {
    prepare,
    respond: ({ pathname }) =>
      pathname === "/"
        ? { contentType: "text/html", body: html }
        : pathname.endsWith(".css")
          ? { contentType: "text/css", body: "" }
          : { contentType: "text/javascript", body: scripts[pathname.slice(1)] ?? "" },
  });
}

let close: (() => Promise<void>) | undefined;

afterEach(async () => {
  await close?.();
  close = undefined;
});

/** Opens the page with an image. The clipboard is another one in each page. */
async function openCopyPage(image: Buffer, mediaType: string, isAllowed = true) {
  startedPool ??= startPool();
  const pool = await startedPool;
  const states: CopyPageState[] = [];
  const pooled = await pool.acquire(
    { base64: image.toString("base64"), mediaType, states },
    { width: 400, height: 300, scale: 1 },
  );
  close = () => pool.release(pooled);
  const { page } = pooled;
  // The clipboard is that of a page.
  await page.goto(`${origin}/blank.css`);
  await allowClipboard(page);
  if (!isAllowed) {
    await page.context().clearPermissions();
  }
  await page.goto(`${origin}/`);
  return { page, states };
}

/** Gives the page a theme, as VS Code does. */
const showTheme = (page: Page, theme: Theme) =>
  page.evaluate(
    ({ style, className }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets.slice(-1)];
      document.body.className = className;
    },
    { style: themeStyle(theme), className: bodyClass(theme) },
  );

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
  const { page, states } = await openCopyPage(image, mediaType);
  await expect.poll(() => states).toEqual(["ready", "copied"]);
  expect(await clipboardImage(page)).toEqual({ width: 60, height: 40 });
});

test("A file that is no picture is not copied, and the host gets a message", async () => {
  const { states } = await openCopyPage(Buffer.from("no picture"), "image/png");
  await expect.poll(() => states).toEqual(["ready", "failed"]);
});

const cutOut = await sharp({ create: { width: 300, height: 200, channels: 4, background: "#00000000" } })
  .composite([
    { input: Buffer.from('<svg width="300" height="200"><circle cx="150" cy="100" r="80" fill="#2a6f97"/></svg>') },
  ])
  .png()
  .toBuffer();

test("If VS Code does not allow it, a message in the colours of every theme names the button that copies the file", async () => {
  const { page, states } = await openCopyPage(cutOut, "image/png", false);
  const button = page.getByRole("button", { name: "Copy Image" });
  await page.getByText("VS Code did not allow Limn to write to the clipboard. Press Copy Image.").waitFor();
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  for (const theme of themes) {
    await showTheme(page, theme);
    expect(await axe(page)).toEqual([]);
    if (takesScreenshots) {
      await page.screenshot({ path: join(cache, `screenshots/lightTable/copy-page-${theme}.png`) });
    }
  }
  await allowClipboard(page);
  await button.click();
  await expect.poll(() => states).toEqual(["ready", "copied"]);
  expect(await clipboardImage(page)).toEqual({ width: 300, height: 200 });
});
