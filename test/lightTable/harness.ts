import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { lightTableOptions } from "../../build/panel.mjs";
import { cache, takesScreenshots } from "../../scripts/paths.ts";
import { webviewHtml } from "../../src/host/ui/webviewHtml.ts";
import type { LightTableIntent, LightTableMessage } from "../../src/protocol.ts";
import { bundlePage, codicons } from "../panel/harness/bundle.ts";
import { bodyClass, type Theme, themeStyle, themes } from "../panel/harness/themes.ts";
import { axe } from "../support/axe.ts";
import { sharedChromium } from "../support/chromium.ts";
import { greyPng } from "../support/greyPng.ts";
import { PagePool, type PooledPage } from "../support/pagePool.ts";
import type { PageResponse } from "../support/pageServer.ts";

const origin = "http://light-table.localhost";

/** Options for opening a tab. */
export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: Theme;
  /** Translated texts by their English texts. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** The page of the light table in Chromium, with the host's Content Security Policy. */
export interface Tab {
  readonly page: Page;
  /** Loads the page again, as VS Code does when a hidden tab is shown. */
  reload(): Promise<void>;
  /** Position and size of an element in whole CSS pixels. */
  boundsOf(selector: string): Promise<{ x: number; y: number; width: number; height: number }>;
  /** Red value of the pixel at a point of the window; it differs between the pictures. */
  redAt(x: number, y: number): Promise<number>;
  screenshot(name: string): Promise<void>;
  /** What the page has sent, the last one at the end. */
  readonly posted: readonly LightTableIntent[];
  /** Sends the page another message, as the host does. */
  send(content: Omit<LightTableMessage, "type">): Promise<void>;
  /** Violations that axe-core finds, one line each. */
  axe(): Promise<string[]>;
  /** Errors of the page, and violations of its Content Security Policy. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Red values of the pictures. */
export const [dark, light] = [40, 220];

/** What the page can load, by name. */
type Files = Readonly<Record<string, Uint8Array | string>>;

const pictures: Files = {
  "dark.png": greyPng(1600, 800, dark),
  "light.png": greyPng(1600, 800, light),
  "half.png": greyPng(800, 400, light),
  "square.png": greyPng(800, 800, light),
  "broken.png": Buffer.from("not a picture"),
};

/** A file that never arrives. */
const pendingName = "pending.png";

/** Returns the link to one of the pictures. */
export const linkTo = (name: string): string => `${origin}/${encodeURIComponent(name)}`;

let startedPool: Promise<PagePool<PageSetup>> | undefined;

/** Builds the page and starts Chromium, once for all test files of this process. */
function tabPool(): Promise<PagePool<PageSetup>> {
  startedPool ??= startPool();
  return startedPool;
}

async function startPool(): Promise<PagePool<PageSetup>> {
  const [browser, scripts, icons] = await Promise.all([
    sharedChromium(),
    bundlePage("src/lightTable/main.ts", "lightTable", lightTableOptions),
    codicons(),
  ]);
  const code = { ...scripts, ...icons };
  return new PagePool<PageSetup>(browser, { prepare, respond: (url, { texts }) => responseFor(url, texts, code) });
}

/** Content of a pooled page. */
interface PageSetup {
  /** What the host sends on `ready`. */
  message: LightTableMessage;
  readonly posted: LightTableIntent[];
  readonly theme: Theme;
  readonly errors: string[];
  readonly texts: Readonly<Record<string, string>>;
}

const types: Readonly<Record<string, string>> = {
  js: "text/javascript",
  css: "text/css",
  ttf: "font/ttf",
  svg: "image/svg+xml",
  png: "image/png",
};

const html = (texts: Readonly<Record<string, string>>): string =>
  webviewHtml({
    scripts: [`${origin}/lightTable.js`],
    icons: `${origin}/codicon.css`,
    cspSource: origin,
    nonce: "dGVzdHMgb25seQ",
    language: "en",
    texts,
  });

/** The response for a request of the page. `code` are the scripts and icons. */
function responseFor(url: URL, texts: PageSetup["texts"], code: Files): PageResponse | "never" | undefined {
  const name = decodeURIComponent(url.pathname.slice(1));
  if (url.origin !== origin) return undefined;
  if (name === "") return { contentType: "text/html", body: html(texts) };
  if (name === pendingName) return "never";
  const body = code[name] ?? pictures[name];
  const contentType = types[name.split(".").at(-1) ?? ""] ?? "text/plain";
  return body === undefined ? undefined : { contentType, body, isConstant: name in code };
}

async function prepare(pooledPage: PooledPage<PageSetup>): Promise<void> {
  const { page } = pooledPage;
  page.on("pageerror", (error) => pooledPage.content.errors.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) pooledPage.content.errors.push(message.text());
  });
  // Sets up what VS Code provides before the page's scripts run: its API and the theme. The theme
  // is an adopted style sheet, which the policy allows.
  await page.exposeFunction("receive", (intent: LightTableIntent) => {
    pooledPage.content.posted.push(intent);
    return intent.type === "ready" ? pooledPage.content.message : undefined;
  });
  await page.addInitScript((setups) => {
    const setup = setups.find(({ theme }) => location.search === `?${theme}`);
    if (setup === undefined) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(setup.css);
    document.adoptedStyleSheets = [sheet];
    addEventListener("DOMContentLoaded", () => document.body.classList.add(...setup.className.split(" ")));
    const state = "limn-state";
    Reflect.set(window, "acquireVsCodeApi", () => ({
      postMessage: async (intent: unknown) => {
        const answer = await Reflect.get(window, "receive")(intent);
        if (answer !== undefined) window.postMessage(answer);
      },
      getState: () => JSON.parse(sessionStorage.getItem(state) ?? "null") ?? undefined,
      setState: (value: unknown) => sessionStorage.setItem(state, JSON.stringify(value)),
    }));
  }, themes.map(themeSetup));
}

const themeSetup = (theme: Theme) => ({
  theme,
  css: `${themeStyle(theme)}\nhtml { background: var(--vscode-editor-background); }`,
  className: bodyClass(theme),
});

/** Opens a tab with a job, two pictures that are compared, or both. */
export async function openTab(
  content: Omit<LightTableMessage, "type">,
  { width = 1000, height = 700, theme = "dark", texts = {} }: OpenOptions = {},
): Promise<Tab> {
  const pool = await tabPool();
  const errors: string[] = [];
  const posted: LightTableIntent[] = [];
  const setup: PageSetup = { message: { type: "lightTable", ...content }, posted, theme, errors, texts };
  const pooledPage = await pool.acquire(setup, { width, height, scale: 1 });
  const { page } = pooledPage;
  const load = async (navigate: () => Promise<unknown>) => {
    await navigate();
    await page.locator("limn-stage .pane").first().waitFor();
    await settled(page);
  };
  await load(() => page.goto(`${origin}/?${theme}`));
  return {
    page,
    errors,
    posted,
    async send(update) {
      setup.message = { type: "lightTable", ...update };
      await page.evaluate((message) => window.postMessage(message), setup.message);
      await settled(page);
    },
    reload: () => load(() => page.reload()),
    async boundsOf(selector) {
      await settled(page);
      const found = await page.locator(selector).boundingBox();
      if (found === null) throw new Error(`${selector} is not visible.`);
      const { x, y, width, height } = found;
      return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
    },
    async redAt(x, y) {
      await settled(page);
      const png = (await page.screenshot({ clip: { x, y, width: 1, height: 1 } })).toString("base64");
      return await page.evaluate(async (data) => {
        const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
        const context = new OffscreenCanvas(1, 1).getContext("2d");
        context?.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0);
        return context?.getImageData(0, 0, 1, 1).data[0] ?? -1;
      }, png);
    },
    async screenshot(name) {
      if (!takesScreenshots) return;
      await settled(page);
      const path = join(cache, "screenshots/lightTable", `${name}.png`);
      await mkdir(dirname(path), { recursive: true });
      await page.screenshot({ path });
    },
    axe: () => axe(page),
    close: () => pool.release(pooledPage),
  };
}

/** Waits until the page is rendered and its fonts are loaded. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await document.fonts.ready;
    await frame();
  });
}
