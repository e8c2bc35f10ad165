import type { Frame, Page } from "playwright-core";

/** What counts as a shift. */
interface ShiftOptions {
  /** Whether what has moved since the page was loaded counts as well. */
  readonly buffered?: boolean;
  /** CSS pixels by which something may move. */
  readonly tolerance?: number;
}

/**
 * Starts to record what moves up or down in a page. The label of a button gets a price, so what
 * only moves sideways does not count.
 */
export const recordShifts = (
  page: Page | Frame,
  { buffered = false, tolerance = 0 }: ShiftOptions = {},
): Promise<void> =>
  page.evaluate(
    (options) => {
      const shifts: string[] = [];
      Reflect.set(window, "shifts", shifts);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          for (const { previousRect, currentRect } of Reflect.get(entry, "sources")) {
            if (Math.abs(previousRect.y - currentRect.y) > options.tolerance) {
              shifts.push(`${previousRect.y} → ${currentRect.y}`);
            }
          }
        }
      }).observe({ type: "layout-shift", buffered: options.buffered });
    },
    { buffered, tolerance },
  );

/** What has moved so far. */
export const recordedShifts = (page: Page | Frame): Promise<string[]> =>
  page.evaluate(async () => {
    // The entries of a frame are delivered after it.
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    return Reflect.get(window, "shifts");
  });
