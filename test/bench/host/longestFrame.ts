import { setTimeout as wait } from "node:timers/promises";
import type { Frame, Page } from "playwright-core";
import * as z from "zod/mini";

/** What the page needed at most, in milliseconds. */
export interface LongestFrame {
  /** From one frame to the next, by the clock. */
  readonly frame: number;
  /** Processor time of one task of the main thread. */
  readonly task: number;
}

/** Runs in the page: notes the longest time between two frames. */
function watchFrameTimes(): void {
  let last = performance.now();
  Reflect.set(window, "limnLongestFrame", 0);
  const measure = (now: number) => {
    Reflect.set(window, "limnLongestFrame", Math.max(Reflect.get(window, "limnLongestFrame"), now - last));
    last = now;
    requestAnimationFrame(measure);
  };
  requestAnimationFrame(measure);
}

/** Name of the mark that shows which thread is the page's. */
const mark = "limn-bench";

const traceSchema = z.object({
  traceEvents: z.array(
    z.looseObject({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds of processor time. */
      tdur: z.optional(z.number()),
      args: z.optional(z.looseObject({ data: z.optional(z.looseObject({ message: z.optional(z.string()) })) })),
    }),
  ),
});

/** Returns the most processor time of a task in the thread of the page. */
function longestTask(trace: string): number {
  const { traceEvents } = traceSchema.parse(JSON.parse(trace));
  const marked = traceEvents.find(({ args }) => args?.data?.message === mark);
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => pid === marked?.pid && tid === marked.tid && name.endsWith("RunTask"),
  );
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

async function scroll(page: Page, frame: Frame): Promise<void> {
  await frame.locator("limn-sheet").hover();
  for (let step = 0; step < 30; step++) {
    await page.mouse.wheel(0, 600);
    await wait(50);
  }
}

async function search(page: Page, frame: Frame): Promise<void> {
  const text = "fox soft";
  await frame.getByRole("searchbox").pressSequentially(text, { delay: 60 });
  await wait(300);
  for (const _ of text) await page.keyboard.press("Backspace", { delay: 40 });
}

async function filter(page: Page, frame: Frame): Promise<void> {
  await frame.getByRole("radio", { name: /^All/ }).focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft"]) {
    await page.keyboard.press(key, { delay: 100 });
  }
}

async function moveSelection(page: Page, frame: Frame): Promise<void> {
  await frame.getByRole("grid").focus();
  for (const key of ["End", "Home", "PageDown", "PageDown", "ArrowDown"]) {
    await page.keyboard.press(key, { delay: 150 });
  }
}

/** Scrolls, searches, filters and selects by keyboard in the panel, whose frame is given. */
export async function measureLongestFrame(page: Page, frame: Frame): Promise<LongestFrame> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("The browser is gone.");
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  await frame.evaluate((text) => console.timeStamp(text), mark);
  await frame.evaluate(watchFrameTimes);
  for (const step of [scroll, search, filter, moveSelection]) await step(page, frame);
  const longest = await frame.evaluate(() => Number(Reflect.get(window, "limnLongestFrame")));
  const trace = await browser.stopTracing();
  return { frame: longest, task: longestTask(trace.toString()) };
}
