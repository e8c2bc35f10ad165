import type { Browser, Page } from "playwright-core";

/** How large the window of a page is. */
export interface Measures {
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels. */
  readonly height: number;
  /** Device pixels for each CSS pixel. */
  readonly scale: number;
}

/** A page of Chromium, and the play it shows: set anew by whoever takes it, and read by what was set up on the page once. */
export interface Stage<Play> {
  readonly page: Page;
  play: Play;
  readonly scale: number;
}

/**
 * Pages that are used again, one visitor at a time: a new page takes three times as long to show something as the next visit with one that
 * is there, most of it for a process and for code that is compiled for the first time.
 */
export class Stages<Play> {
  readonly #browser: Browser;
  readonly #prepare: (stage: Stage<Play>) => Promise<void>;
  readonly #free: Stage<Play>[] = [];

  /** `prepare` sets up what a new page needs before its first visit. */
  constructor(browser: Browser, prepare: (stage: Stage<Play>) => Promise<void>) {
    this.#browser = browser;
    this.#prepare = prepare;
  }

  /** A page that shows nothing yet. */
  async take(play: Play, { width, height, scale }: Measures): Promise<Stage<Play>> {
    const viewport = { width, height };
    const at = this.#free.findIndex((stage) => stage.scale === scale);
    const [free] = at < 0 ? [] : this.#free.splice(at, 1);
    if (free !== undefined) {
      free.play = play;
      await free.page.setViewportSize(viewport);
      return free;
    }
    const context = await this.#browser.newContext({ viewport, deviceScaleFactor: scale, reducedMotion: "reduce" });
    const stage = { page: await context.newPage(), play, scale };
    await this.#prepare(stage);
    return stage;
  }

  /** Takes a page back that nobody looks at any more, and wipes what the visit left in it. */
  async giveBack(stage: Stage<Play>): Promise<void> {
    const { page } = stage;
    await page.evaluate(() => sessionStorage.clear());
    await page.goto("about:blank");
    await page.mouse.move(0, 0);
    this.#free.push(stage);
  }
}
