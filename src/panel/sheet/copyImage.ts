// Entry of dist/panel-copyImage.js, which the menu of the sheet loads when a picture is copied.
import type { PictureBytesMessage } from "../../protocol.ts";
import { copyPng } from "../../webview/copyPng.ts";
import type { CopyAction } from "./actions.ts";
import type { SheetEntry } from "./sheetEntries.ts";

/** The next message of the host with the bytes of this picture. */
function bytesOf(picture: string): Promise<Blob> {
  const { promise, resolve } = Promise.withResolvers<Blob>();
  const onMessage = ({ data }: MessageEvent<PictureBytesMessage | undefined>) => {
    if (data?.type === "pictureBytes" && data.picture === picture) {
      window.removeEventListener("message", onMessage);
      resolve(new Blob([data.bytes]));
    }
  };
  window.addEventListener("message", onMessage);
  return promise;
}

/**
 * Puts a picture on the clipboard. The page may read thumbnails only, so it asks the host for the
 * bytes, and again with `isRefused` if the browser refuses.
 *
 * @param name of the action.
 */
export async function copyImage(
  { job, picture }: SheetEntry,
  name: string,
  send: (action: CopyAction) => void,
): Promise<void> {
  const ask = (isRefused: boolean) =>
    send({ name, announcement: name, intent: { type: "copyImage", job: job.id, picture: picture.id, isRefused } });
  const bytes = bytesOf(picture.id);
  ask(false);
  await copyPng(bytes).catch(() => ask(true));
}
