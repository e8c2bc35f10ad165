import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach } from "vitest";
import { pageOptions } from "../../build/panel.mjs";
import { cache, takesScreenshots } from "../../scripts/paths.ts";
import { webviewHtml } from "../../src/host/ui/webviewHtml.ts";
import { bundlePage } from "../panel/harness/bundle.ts";
import { bodyClass, type Theme, themeStyle, themes } from "../panel/harness/themes.ts";
import { axe } from "../support/axe.ts";
import { sharedChromium } from "../support/chromium.ts";
import { allowClipboard } from "../support/clipboardImage.ts";
import { PagePool, type PooledPage } from "../support/pagePool.ts";

const origin = "http://image-page.localhost";

/** What the host answers to `ready`, and what the page has sent. */
interface ImageContent {
  readonly script: string;
  readonly base64: string;
  readonly fields: object;
  readonly sent: unknown[];
}

/** How the page of an image file is opened. */
interface ImagePageOptions {
  /** Its entry, below `src/lightTable`, without extension. */
  readonly entry: "copyPage" | "crop/cropPage";
  readonly image: Buffer;
  /** The other fields of the host's message. */
  readonly fields: object;
  /** Whether it may write to the clipboard, which is another one for each page. */
  readonly hasClipboard?: boolean;
  /** CSS pixels; 400 by default. */
  readonly width?: number;
  /** CSS pixels; 300 by default. */
  readonly height?: number;
}

const htmlOf = (script: string): string =>
  webviewHtml({
    scripts: [`${origin}/${script}.js`],
    icons: `${origin}/codicon.css`,
    cspSource: origin,
    nonce: "dGVzdHMgb25seQ",
    language: "en",
    imageSource: "blob:",
  });

async function prepare(pooled: PooledPage<ImageContent>): Promise<void> {
  await pooled.page.exposeFunction("receive", (message: "ready" | { readonly type: string }) => {
    const { sent, base64, fields } = pooled.content;
    sent.push(message);
    return message === "ready" || (typeof message === "object" && message.type === "ready")
      ? { base64, fields }
      : undefined;
  });
  await pooled.page.addInitScript(() => {
    Reflect.set(window, "acquireVsCodeApi", () => ({
      postMessage: async (message: unknown) => {
        const answer = await Reflect.get(window, "receive")(message);
        if (answer === undefined) return;
        const bytes = Uint8Array.from(atob(answer.base64), (character) => character.charCodeAt(0));
        window.postMessage({ bytes, ...answer.fields });
      },
    }));
  });
}

let startedPool: Promise<PagePool<ImageContent>> | undefined;

async function startPool(): Promise<PagePool<ImageContent>> {
  const [copyPage, cropPage] = [
    await bundlePage("src/lightTable/copyPage.ts", "copyPage", pageOptions),
    await bundlePage("src/lightTable/crop/cropPage.ts", "cropPage", pageOptions),
  ];
  const scripts = { ...copyPage, ...cropPage };
  return new PagePool<ImageContent>(await sharedChromium(), {
    prepare,
    respond: ({ pathname }, { script }) =>
      pathname === "/"
        ? { contentType: "text/html", body: htmlOf(script) }
        : pathname.endsWith(".css")
          ? { contentType: "text/css", body: "" }
          : { contentType: "text/javascript", body: scripts[pathname.slice(1)] ?? "" },
  });
}

/** Gives the page a theme, as VS Code does. */
const showTheme = (page: Page, theme: Theme) =>
  page.evaluate(
    ({ style, className }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      const isTheme = (one: CSSStyleSheet) => one === Reflect.get(window, "theme");
      document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets.filter((one) => !isTheme(one))];
      Reflect.set(window, "theme", sheet);
      document.body.className = className;
    },
    { style: themeStyle(theme), className: bodyClass(theme) },
  );

/** The violations that axe-core finds in all themes. Takes a screenshot of each, if wanted. */
export async function axeInAllThemes(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of themes) {
    await showTheme(page, theme);
    found.push(...(await axe(page)));
    if (takesScreenshots) {
      await page.screenshot({ path: join(cache, `screenshots/lightTable/${name}-${theme}.png`) });
    }
  }
  return found;
}

/** Returns a function that opens a page of an image file; the page is closed after the test. */
export function useImagePages() {
  let close: (() => Promise<void>) | undefined;
  afterEach(async () => {
    await close?.();
    close = undefined;
  });
  return async ({ entry, image, fields, hasClipboard = true, width = 400, height = 300 }: ImagePageOptions) => {
    startedPool ??= startPool();
    const pool = await startedPool;
    const sent: unknown[] = [];
    const script = entry.split("/").at(-1) ?? "";
    const content = { script, base64: image.toString("base64"), fields, sent };
    const pooled = await pool.acquire(content, { width, height, scale: 1 });
    close = () => pool.release(pooled);
    const { page } = pooled;
    // The clipboard is that of a page.
    await page.goto(`${origin}/blank.css`);
    await allowClipboard(page);
    if (!hasClipboard) {
      await page.context().clearPermissions();
    }
    await page.goto(`${origin}/`);
    return { page, sent };
  };
}
