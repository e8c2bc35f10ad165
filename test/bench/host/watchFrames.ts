// Code that runs in the frames of the workbench, to find out when a view is visible.

/** A path through shadow roots: each selector is looked up in the shadow root of the one before. */
export type ShadowPath = readonly [string, ...string[]];

/** A view by what its page shows. */
export interface WatchedView {
  readonly name: string;
  /** The view is visible when each of these elements has a height, in the frame that is shown. */
  readonly visible: readonly ShadowPath[];
  /** The same for what the view shows later. */
  readonly complete: readonly ShadowPath[];
}

/** What the code in the frames reports. */
export type Report =
  | { readonly kind: "key"; readonly key: string; readonly at: number }
  /** A webview that was loaded before was painted after the last key. */
  | { readonly kind: "shown"; readonly at: number }
  | { readonly kind: "visible" | "complete"; readonly view: string; readonly at: number };

/** Name of the function of each frame that takes a report. */
export const reportName = "limnBenchReport";

/**
 * Runs in each frame before its own scripts, so it must not use anything outside. Reports the time
 * of each key in the workbench, and when a view was painted, both in milliseconds since the epoch.
 * VS Code hides the frame of a page until the page has loaded.
 */
export function watchFrame(views: readonly WatchedView[]): void {
  const report = (value: Report): void => Reflect.get(window, "limnBenchReport")(value);
  const epoch = (time: number): number => performance.timeOrigin + time;
  const afterPaint = (then: () => void): void => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", then);
    port1.start();
    port2.postMessage(undefined);
  };
  if (window.top === window) {
    let lastKey = 0;
    const waitUntilShown = (key: number): void => {
      const isShown = [...document.querySelectorAll("iframe.webview.ready")].some(
        (frame) => getComputedStyle(frame).visibility === "visible" && frame.getBoundingClientRect().height > 0,
      );
      if (isShown) afterPaint(() => report({ kind: "shown", at: epoch(performance.now()) }));
      else if (key === lastKey) requestAnimationFrame(() => waitUntilShown(key));
    };
    const onKey = ({ key, timeStamp }: KeyboardEvent) => {
      report({ kind: "key", key, at: epoch(timeStamp) });
      lastKey = timeStamp;
      requestAnimationFrame(() => waitUntilShown(timeStamp));
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return;
  }
  if (!/\/webview\/browser\/pre\/index[\w-]*\.html$/.test(location.pathname)) return;

  const isShown = (path: readonly string[]): boolean => {
    const frame = document.getElementById("active-frame");
    let root: ParentNode | null = frame instanceof HTMLIFrameElement ? frame.contentDocument : null;
    let element: Element | null = null;
    for (const selector of path) {
      element = root?.querySelector(selector) ?? null;
      root = element?.shadowRoot ?? null;
    }
    return (element?.getBoundingClientRect().height ?? 0) > 0;
  };
  const waitFor = (kind: "visible" | "complete", candidates: readonly WatchedView[]): void => {
    const view = candidates.find((one) => one[kind].every(isShown));
    if (view === undefined) {
      requestAnimationFrame(() => waitFor(kind, candidates));
      return;
    }
    // A message that is sent in the callback of a frame arrives when the frame has been painted.
    afterPaint(() => report({ kind, view: view.name, at: epoch(performance.now()) }));
    if (kind === "visible") waitFor("complete", [view]);
  };
  requestAnimationFrame(() => waitFor("visible", views));
}
