/** From the host to the page that copies an image file, on `ready`. */
export interface CopyPageMessage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  /** What the user knows it by: its path. */
  readonly label: string;
}

/** What the page that copies an image file reports to the host. */
export type CopyPageState = "ready" | "copied" | "failed";
