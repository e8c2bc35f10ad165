import type { ComparisonMessage, Intent } from "../protocol.ts";

/** What VS Code gives a webview. */
interface VscodeApi {
  postMessage(message: Extract<Intent, { type: "ready" }>): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VscodeApi;

// May be called once in the life of a page.
const api = acquireVsCodeApi();

/**
 * Says that the page listens, and calls `listener` with the pictures each time the host sends them.
 */
export function onComparison(listener: (comparison: ComparisonMessage) => void): void {
  window.addEventListener("message", ({ data }: MessageEvent<ComparisonMessage | undefined>) => {
    if (data?.type === "comparison") {
      listener(data);
    }
  });
  api.postMessage({ type: "ready" });
}

/** What the page kept before it was hidden; whoever reads it has to look at its shape. */
export const readState = (): unknown => api.getState();

/** Keeps a value while the tab is hidden. */
export const saveState = (state: unknown): void => api.setState(state);
