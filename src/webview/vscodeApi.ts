import type {
  CopyPageMessage,
  CopyPageState,
  CropPageIntent,
  CropPageMessage,
  Intent,
  LightTableIntent,
  LightTableMessage,
  SnapshotMessage,
  UpdateMessage,
} from "../protocol.ts";

/** What VS Code offers to the script of a webview. */
interface VscodeApi {
  postMessage(message: Intent | LightTableIntent | CopyPageState | CropPageIntent): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VscodeApi;

// VS Code throws if a page calls it twice.
const api = acquireVsCodeApi();

/** Sends an intent of the panel to the host. */
export const post = (intent: Intent): void => api.postMessage(intent);

/** Sends an intent of the light table to the host. */
export const postLightTable = (intent: LightTableIntent): void => api.postMessage(intent);

/** Reports to the host what the page that copies an image file has done. */
export const postCopyPage = (state: CopyPageState): void => api.postMessage(state);

/** Reports to the host what the page that moves the crop of an image file has done. */
export const postCropPage = (intent: CropPageIntent): void => api.postMessage(intent);

type PanelMessage = SnapshotMessage | UpdateMessage;

/** Calls `listener` with each message of the host, until the page is closed. */
const onMessage = (listener: (message: PanelMessage | LightTableMessage) => void): void =>
  window.addEventListener(
    "message",
    ({ data }: MessageEvent<PanelMessage | LightTableMessage | undefined>) => data !== undefined && listener(data),
  );

/** Calls `listener` with each message that the host sends to the page that copies an image file. */
export const onCopyPageMessage = (listener: (message: CopyPageMessage) => void): void =>
  window.addEventListener(
    "message",
    ({ data }: MessageEvent<CopyPageMessage | undefined>) => data?.bytes !== undefined && listener(data),
  );

/** Calls `listener` with each message that the host sends to the page that moves a crop. */
export const onCropPageMessage = (listener: (message: CropPageMessage) => void): void =>
  window.addEventListener(
    "message",
    ({ data }: MessageEvent<CropPageMessage | undefined>) => data?.bytes !== undefined && listener(data),
  );

/** Calls `listener` with each message that the host sends to the panel. */
export const onPanelMessage = (listener: (message: PanelMessage) => void): void =>
  onMessage((message) => {
    if (message.type === "snapshot" || message.type === "update") {
      listener(message);
    }
  });

/** Calls `listener` with each message that the host sends to the light table. */
export const onLightTableMessage = (listener: (message: LightTableMessage) => void): void =>
  onMessage((message) => {
    if (message.type === "lightTable") {
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
