import type { Intent, Snapshot, SnapshotMessage } from "../../protocol.ts";

/** What VS Code gives a webview. */
interface VscodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VscodeApi;

// May be called once in the life of a page.
const api = acquireVsCodeApi();

/** Tells the host what a person wants. */
export const post = (intent: Intent): void => api.postMessage(intent);

/** Calls `listener` with each snapshot the host sends. */
export function onSnapshot(listener: (snapshot: Snapshot) => void): void {
  window.addEventListener("message", ({ data }: MessageEvent<SnapshotMessage | undefined>) => {
    if (data?.type === "snapshot") {
      listener(data.snapshot);
    }
  });
}

/**
 * What the page kept before it was hidden or reloaded; whoever reads it has to look at its shape.
 */
export const readState = (): unknown => api.getState();

/** Keeps a value over hiding and reloading. */
export const saveState = (state: unknown): void => api.setState(state);
