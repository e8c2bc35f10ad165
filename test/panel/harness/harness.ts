import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { cache, takesScreenshots } from "../../../scripts/paths.ts";
import { type Intent, parseIntent } from "../../../src/protocol.ts";
import { axe } from "../../support/axe.ts";
import { sharedChromium } from "../../support/chromium.ts";
import { PagePool, type PooledPage } from "../../support/pagePool.ts";
import { bundlePanel, codicons } from "./bundle.ts";
import { origin, responseFor } from "./page.ts";
import { type PanelContent, PanelHost } from "./panelHost.ts";
import { bodyClass, type Theme, themes } from "./themes.ts";

/** How a panel is opened. */
export interface OpenOptions {
  /** CSS pixels; 400 by default. */
  readonly width?: number;
  /** CSS pixels; 900 by default. */
  readonly height?: number;
  readonly theme?: Theme;
  /** Device pixels for each CSS pixel; 1 by default, 2 for screenshots to be looked at. */
  readonly scale?: number;
  /** Whether the settings of the form are open, as after an earlier session; true by default. */
  readonly hasOpenSettings?: boolean;
  /** Translations of texts by their English ones, as the host puts them into the page. */
  readonly texts?: Readonly<Record<string, string>>;
}

/** Options of `axeInAllThemes`. */
export interface ThemedAxeOptions {
  /** The elements to check; the whole page by default. */
  readonly selectors?: readonly string[];
  /** Called once the page has a theme. */
  readonly onTheme?: (theme: Theme) => Promise<unknown>;
}

/** The panel's page in Chromium, with a fake host. */
export interface Panel {
  readonly page: Page;
  /** Changes what the host knows, and waits until the page shows it. */
  send(content: PanelContent): Promise<void>;
  /** The same without waiting: for a page with a stopped clock. */
  post(content: PanelContent): Promise<void>;
  /**
   * All intents since the page was loaded, without `ready` and the questions of its lists. Throws
   * if the host would drop one.
   */
  intents(): Promise<Intent[]>;
  /** The questions of its lists since the page was loaded. */
  questions(): Promise<Intent[]>;
  /** Forgets the intents recorded so far. */
  forgetIntents(): Promise<void>;
  /**
   * Hides the panel and shows it again, perhaps with other content: VS Code removes the page and
   * loads it again.
   */
  reload(content?: PanelContent): Promise<void>;
  /** JSON of all messages that the page was sent, oldest first. */
  readonly sent: readonly string[];
  /**
   * Leaves `.cache/screenshots/panel/<name>.png`, of the whole page, if `LIMN_SCREENSHOTS` is 1.
   */
  screenshot(name: string): Promise<void>;
  /** Violations that axe-core finds, one line each. */
  axe(): Promise<string[]>;
  /**
   * The same in each of the four themes, which change as in VS Code: all rules in the first theme,
   * the rules on colours in the others.
   */
  axeInAllThemes(options?: ThemedAxeOptions): Promise<string[]>;
  /** Errors of the page, and violations of its Content Security Policy. */
  readonly errors: readonly string[];
  /** Returns the page to the pool. */
  close(): Promise<void>;
}

/** What a page of Chromium shows. */
interface PageSetup {
  theme: Theme;
  readonly host: PanelHost;
  /** JSON of the messages to the page. */
  readonly sent: string[];
  readonly errors: string[];
  readonly texts: Readonly<Record<string, string>>;
}

let startedPool: Promise<PagePool<PageSetup>> | undefined;

/** Builds the page and starts Chromium, once for all test files of this process. */
function panelPool(): Promise<PagePool<PageSetup>> {
  startedPool ??= startPool();
  return startedPool;
}

async function startPool(): Promise<PagePool<PageSetup>> {
  const [browser, scripts, icons, fakeHost] = await Promise.all([
    sharedChromium(),
    bundlePanel(),
    codicons(),
    readFile(join(import.meta.dirname, "fakeHost.js"), "utf8"),
  ]);
  const files = { ...scripts, "fakeHost.js": fakeHost, ...icons };
  return new PagePool<PageSetup>(browser, {
    prepare,
    respond(url, { theme, errors, texts }) {
      const path = decodeURIComponent(url.pathname);
      const response = url.origin === origin ? responseFor(path, theme, files, texts) : undefined;
      if (response === undefined) errors.push(`The page asks for ${url.href}.`);
      return response;
    },
  });
}

async function prepare(pooledPage: PooledPage<PageSetup>): Promise<void> {
  const { page } = pooledPage;
  page.on("pageerror", (error) => pooledPage.content.errors.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) pooledPage.content.errors.push(message.text());
  });
  await page.exposeFunction("askHost", (posted: object) => {
    const { host, sent } = pooledPage.content;
    const messages = host.receive(readIntent(posted));
    sent.push(...messages.map((message) => JSON.stringify(message)));
    return messages;
  });
}

/** Opens a panel that shows this content. */
export async function openPanel(
  content: PanelContent,
  { width = 400, height = 900, theme = "dark", scale = 1, hasOpenSettings = true, texts = {} }: OpenOptions = {},
): Promise<Panel> {
  const pool = await panelPool();
  const setup: PageSetup = { theme, host: new PanelHost(content), sent: [], errors: [], texts };
  const pooledPage = await pool.acquire(setup, { width, height, scale });
  const { page } = pooledPage;
  const load = async (navigate: () => Promise<unknown>) => {
    await navigate();
    await page.locator("limn-form").waitFor({ state: "attached" });
    await page.evaluate(() => customElements.whenDefined("limn-sheet").then(() => undefined));
    await settled(page);
  };
  await load(() => page.goto(`${origin}/`));
  if (hasOpenSettings) {
    await page.locator("limn-form details").evaluate((details) => void details.toggleAttribute("open", true));
    await settled(page);
  }
  const post = async (content: PanelContent) => {
    setup.host.show(content);
    for (const message of setup.host.messages()) {
      setup.sent.push(JSON.stringify(message));
      await page.evaluate(async (sent) => {
        const arrived = new Promise((resolve) => window.addEventListener("message", resolve, { once: true }));
        window.postMessage(sent);
        await arrived;
      }, message);
    }
  };
  const posted = async (isWanted: (intent: Intent) => boolean): Promise<Intent[]> => {
    const recorded: readonly object[] = await page.evaluate(() => Reflect.get(window, "recordedIntents"));
    return recorded.map(readIntent).filter(isWanted);
  };
  return {
    page,
    errors: setup.errors,
    sent: setup.sent,
    post,
    async send(content) {
      await post(content);
      await settled(page);
    },
    intents: () =>
      posted(({ type }) => !["ready", "keepDraft", "showSheet", "findPrompts", "measureVault"].includes(type)),
    questions: () => posted(({ type }) => ["keepDraft", "showSheet", "findPrompts", "measureVault"].includes(type)),
    forgetIntents: () => page.evaluate(() => void Reflect.set(window, "recordedIntents", [])),
    reload(content = setup.host.content) {
      setup.host.show(content);
      return load(() => page.reload());
    },
    async screenshot(name) {
      if (!takesScreenshots) return;
      await settled(page);
      const path = join(cache, "screenshots/panel", `${name}.png`);
      await mkdir(dirname(path), { recursive: true });
      // Hiding the caret would take a style of Playwright's own, which the page's policy refuses.
      await page.screenshot({ path, fullPage: true, caret: "initial" });
    },
    axe: () => axe(page),
    async axeInAllThemes({ selectors, onTheme } = {}) {
      const found: string[] = [];
      for (const [at, next] of themes.entries()) {
        setup.theme = next;
        await changeTheme(page, next);
        await onTheme?.(next);
        found.push(
          ...(await axe(page, { selectors, rules: at === 0 ? undefined : colourRules })).map(
            (line) => `${next}: ${line}`,
          ),
        );
      }
      return found;
    },
    close: () => pool.release(pooledPage),
  };
}

/** Parses a posted message as the host does; its bytes arrive here as plain numbers. */
function readIntent(posted: { readonly bytes?: readonly number[] }): Intent {
  const value = posted.bytes === undefined ? posted : { ...posted, bytes: Uint8Array.from(posted.bytes) };
  const intent = parseIntent(value);
  if (intent === undefined) throw new Error(`The host would drop this intent: ${JSON.stringify(posted)}`);
  return intent;
}

/** Waits until all questions are answered, all components are drawn and the fonts are loaded. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let idleFrames = 0; idleFrames < 3; ) {
      await frame();
      await document.fonts.ready;
      idleFrames = Reflect.get(window, "unanswered") === 0 ? idleFrames + 1 : 0;
    }
  });
}

/** Gives the page another theme, as VS Code does while it is open. */
async function changeTheme(page: Page, theme: Theme): Promise<void> {
  await page.evaluate(async (name) => {
    document.body.className = name;
    document.body.dataset.vscodeThemeKind = name;
    const old = document.querySelector<HTMLLinkElement>('link[href*="theme.css"]');
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `${old?.href.split("?")[0]}?${name.replaceAll(" ", "+")}`;
    const loaded = new Promise((resolve) => link.addEventListener("load", resolve, { once: true }));
    old?.replaceWith(link);
    await loaded;
  }, bodyClass(theme));
  await settled(page);
}

/** Rules whose result depends on the theme. */
const colourRules = ["color-contrast", "link-in-text-block"];
