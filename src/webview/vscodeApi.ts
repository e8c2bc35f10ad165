import type { ComparisonMessage, Intent, SnapshotMessage, UpdateMessage } from "../protocol.ts";

/** What VS Code offers to the script of a webview. */
interface VscodeApi {
  postMessage(message: Intent): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VscodeApi;

// VS Code throws if a page calls it twice.
const api = acquireVsCodeApi();

/** Sends an intent to the host. */
export const post = (intent: Intent): void => api.postMessage(intent);

type PanelMessage = SnapshotMessage | UpdateMessage;

/** Calls `listener` with each message of the host, until the page is closed. */
const onMessage = (listener: (message: PanelMessage | ComparisonMessage) => void): void =>
  window.addEventListener(
    "message",
    ({ data }: MessageEvent<PanelMessage | ComparisonMessage | undefined>) => data !== undefined && listener(data),
  );

/** Calls `listener` with each message that the host sends to the panel. */
export const onPanelMessage = (listener: (message: PanelMessage) => void): void =>
  onMessage((message) => {
    if (message.type === "snapshot" || message.type === "update") {
      listener(message);
    }
  });

/** Calls `listener` with the two pictures each time the host sends them to a compare tab. */
export const onComparison = (listener: (comparison: ComparisonMessage) => void): void =>
  onMessage((message) => {
    if (message.type === "comparison") {
      listener(message);
    }
  });

/**
 * What the page kept before it was hidden or reloaded. An earlier version of Limn may have kept it,
 * so its shape must be checked.
 */
export const readState = (): unknown => api.getState();

/** Keeps a value while the page is hidden, and over a reload. */
export const saveState = (state: unknown): void => api.setState(state);
