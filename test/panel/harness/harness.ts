import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type Intent, parseIntent, type Snapshot } from "../../../src/protocol.ts";
import { launchChromium } from "../../support/chromium.ts";
import { cache } from "../../support/paths.ts";
import { bundlePage, codicons } from "./bundle.ts";
import { answerTo, origin } from "./page.ts";
import type { Theme } from "./themes.ts";

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** How a panel is opened. */
export interface OpenOptions {
  /** CSS pixels; 400 by default. */
  readonly width?: number;
  /** CSS pixels; 900 by default. */
  readonly height?: number;
  readonly theme?: Theme;
  /** Device pixels for each CSS pixel; 1 by default, 2 for screenshots to be looked at. */
  readonly scale?: number;
}

/** The panel's page in Chromium, with a fake host. */
export interface Panel {
  readonly page: Page;
  /** Sends a new snapshot, and waits until the page shows it. */
  send(snapshot: Snapshot): Promise<void>;
  /** All intents since the page was loaded, but `ready`. Throws where the host would drop one. */
  intents(): Promise<Intent[]>;
  /** Forgets the intents recorded so far. */
  forgetIntents(): Promise<void>;
  /** Hides the panel and shows it again: VS Code takes the page down and loads it anew. */
  reload(): Promise<void>;
  /** Leaves `.cache/screenshots/panel/<name>.png`, of the whole page, and gives its path. */
  screenshot(name: string): Promise<string>;
  /** What axe-core has against the page, one line each; empty where nothing. */
  axe(): Promise<string[]>;
  /** What the page did that it must not: errors, and breaches of its content security policy. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Chromium and the built page, for all tests of a file. */
export interface Harness {
  open(snapshot: Snapshot, options?: OpenOptions): Promise<Panel>;
  close(): Promise<void>;
}

/** Builds the page and starts Chromium. */
export async function startHarness(): Promise<Harness> {
  const [browser, script, icons, fakeHost] = await Promise.all([
    launchChromium(),
    bundlePage(),
    codicons(),
    readFile(join(import.meta.dirname, "fakeHost.js"), "utf8"),
  ]);
  const files = { "panel.js": script, "fakeHost.js": fakeHost, ...icons };
  return {
    open: (snapshot, options = {}) => open(browser, files, snapshot, options),
    close: () => browser.close(),
  };
}

async function open(
  browser: Browser,
  files: Readonly<Record<string, string | Buffer>>,
  first: Snapshot,
  { width = 400, height = 900, theme = "dark", scale = 1 }: OpenOptions,
): Promise<Panel> {
  let newest = first;
  const faults: string[] = [];
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  await page.exposeFunction("newestSnapshot", () => newest);
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const answer = url.origin === origin ? answerTo(decodeURIComponent(url.pathname), theme, files) : undefined;
    if (answer === undefined) faults.push(`The page asks for ${url.href}.`);
    await route.fulfill(answer ?? { status: 404 });
  });
  const load = async (how: () => Promise<unknown>) => {
    await how();
    await page.locator("limn-form").waitFor({ state: "attached" });
    await settled(page);
  };
  await load(() => page.goto(`${origin}/`));
  return {
    page,
    faults,
    async send(snapshot) {
      newest = snapshot;
      await page.evaluate(async (sent) => {
        const arrived = new Promise((resolve) => window.addEventListener("message", resolve, { once: true }));
        window.postMessage({ type: "snapshot", snapshot: sent });
        await arrived;
      }, snapshot);
      await settled(page);
    },
    async intents() {
      const recorded = await page.evaluate(() => Reflect.get(window, "recordedIntents"));
      return recorded.map(readIntent).filter(({ type }: Intent) => type !== "ready");
    },
    forgetIntents: () => page.evaluate(() => void Reflect.set(window, "recordedIntents", [])),
    reload: () => load(() => page.reload()),
    async screenshot(name) {
      const path = join(cache, "screenshots/panel", `${name}.png`);
      await mkdir(dirname(path), { recursive: true });
      await settled(page);
      // Hiding the caret would take a style of Playwright's own, which the page's policy refuses.
      await page.screenshot({ path, fullPage: true, caret: "initial" });
      return path;
    },
    axe: () => axe(page),
    close: () => context.close(),
  };
}

/** The host's own reading of what the page posted; bytes travel to the tests as plain numbers. */
function readIntent(posted: { readonly bytes?: readonly number[] }): Intent {
  const value = posted.bytes === undefined ? posted : { ...posted, bytes: Uint8Array.from(posted.bytes) };
  const intent = parseIntent(value);
  if (intent === undefined) throw new Error(`The host would drop this intent: ${JSON.stringify(posted)}`);
  return intent;
}

/** Two frames on, all components have drawn what was sent; fonts and pictures have come. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await document.fonts.ready;
    await frame();
  });
}

async function axe(page: Page): Promise<string[]> {
  // Not addScriptTag: the page's policy would refuse it.
  await page.evaluate(await readFile(axeSource, "utf8"));
  return await page.evaluate(async () => {
    // Preloading copies style sheets into `style` elements, which the page's policy refuses.
    const options = { resultTypes: ["violations"], preload: false };
    const { violations } = await Reflect.get(window, "axe").run(document, options);
    return violations.flatMap((violation: { id: string; nodes: { target: unknown; failureSummary: string }[] }) =>
      violation.nodes.map(
        ({ target, failureSummary }) => `${violation.id} at ${JSON.stringify(target)}: ${failureSummary}`,
      ),
    );
  });
}
