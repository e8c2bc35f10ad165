import type { Browser, Page } from "playwright-core";
import { type PageResponse, startPageServer } from "./pageServer.ts";

/** Size of a page's window. */
export interface ViewportOptions {
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels. */
  readonly height: number;
  /** Device pixels for each CSS pixel. */
  readonly scale: number;
}

/** A page of Chromium. Its `content` changes with each use; the set-up of the page reads it. */
export interface PooledPage<Content> {
  readonly page: Page;
  content: Content;
  readonly scale: number;
}

/** How a pool sets up its pages. */
interface PoolOptions<Content> {
  /** Sets up each new page before its first use. */
  readonly prepare: (page: PooledPage<Content>) => Promise<void>;
  /** Answers all requests of a page with this content; see `startPageServer`. */
  readonly respond: (url: URL, content: Content) => PageResponse | "never" | undefined;
}

/**
 * Pages that tests reuse. A new page takes three times as long to show content as a reused one,
 * because Chromium starts a process and compiles code.
 */
export class PagePool<Content> {
  readonly #browser: Browser;
  readonly #options: PoolOptions<Content>;
  readonly #freePages: PooledPage<Content>[] = [];

  constructor(browser: Browser, options: PoolOptions<Content>) {
    this.#browser = browser;
    this.#options = options;
  }

  /** Returns a blank page; `release` it after use. */
  async acquire(content: Content, { width, height, scale }: ViewportOptions): Promise<PooledPage<Content>> {
    const viewport = { width, height };
    const index = this.#freePages.findIndex((pooledPage) => pooledPage.scale === scale);
    const [free] = index < 0 ? [] : this.#freePages.splice(index, 1);
    if (free !== undefined) {
      free.content = content;
      await free.page.setViewportSize(viewport);
      return free;
    }
    const { prepare, respond } = this.#options;
    const shown = { content };
    const server = await startPageServer((url) => respond(url, shown.content));
    const context = await this.#browser.newContext({
      ...{ viewport, deviceScaleFactor: scale, reducedMotion: "reduce" },
      proxy: { server },
    });
    const pooledPage = Object.assign(shown, { page: await context.newPage(), scale });
    await prepare(pooledPage);
    return pooledPage;
  }

  /** Clears a page and makes it available again. A failed test may have left keys pressed. */
  async release(pooledPage: PooledPage<Content>): Promise<void> {
    const { page } = pooledPage;
    for (const key of ["Alt", "Control", "Meta", "Shift"]) await page.keyboard.up(key);
    await page.mouse.up();
    await page.evaluate(() => sessionStorage.clear());
    await page.goto("about:blank");
    await page.mouse.move(0, 0);
    this.#freePages.push(pooledPage);
  }
}
