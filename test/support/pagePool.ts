import type { Browser, Page } from "playwright-core";

/** How large the window of a page is. */
export interface ViewportOptions {
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels. */
  readonly height: number;
  /** Device pixels for each CSS pixel. */
  readonly scale: number;
}

/**
 * A page of Chromium, and the play it shows: set anew by whoever takes it, and read by what was set
 * up on the page once.
 */
export interface PooledPage<Content> {
  readonly page: Page;
  content: Content;
  readonly scale: number;
}

/**
 * Pages that are used again, one visitor at a time: a new page takes three times as long to show
 * something as the next visit with one that is there, most of it for a process and for code that is
 * compiled for the first time.
 */
export class PagePool<Content> {
  readonly #browser: Browser;
  readonly #prepare: (stage: PooledPage<Content>) => Promise<void>;
  readonly #freePages: PooledPage<Content>[] = [];

  /** `prepare` sets up what a new page needs before its first visit. */
  constructor(browser: Browser, prepare: (stage: PooledPage<Content>) => Promise<void>) {
    this.#browser = browser;
    this.#prepare = prepare;
  }

  /** A page that shows nothing yet. */
  async acquire(content: Content, { width, height, scale }: ViewportOptions): Promise<PooledPage<Content>> {
    const viewport = { width, height };
    const index = this.#freePages.findIndex((pooledPage) => pooledPage.scale === scale);
    const [free] = index < 0 ? [] : this.#freePages.splice(index, 1);
    if (free !== undefined) {
      free.content = content;
      await free.page.setViewportSize(viewport);
      return free;
    }
    const context = await this.#browser.newContext({ viewport, deviceScaleFactor: scale, reducedMotion: "reduce" });
    const pooledPage = { page: await context.newPage(), content, scale };
    await this.#prepare(pooledPage);
    return pooledPage;
  }

  /** Takes a page back that nobody looks at any more, and wipes what the visit left in it. */
  async release(pooledPage: PooledPage<Content>): Promise<void> {
    const { page } = pooledPage;
    await page.evaluate(() => sessionStorage.clear());
    await page.goto("about:blank");
    await page.mouse.move(0, 0);
    this.#freePages.push(pooledPage);
  }
}
