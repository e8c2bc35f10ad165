// Entry of dist/panel-copyImage.js, which the menu of the sheet loads when a picture is copied.
import type { PictureBytesMessage } from "../../protocol.ts";
import { type CopyFailure, copyPng } from "../../webview/copyPng.ts";
import type { CopyAction } from "./actions.ts";
import type { SheetEntry } from "./sheetEntries.ts";

/** The bytes of this picture in the host's next message about it. Rejects if there are none. */
function bytesOf(picture: string): Promise<Blob> {
  const { promise, resolve, reject } = Promise.withResolvers<Blob>();
  const onMessage = ({ data }: MessageEvent<PictureBytesMessage | undefined>) => {
    if (data?.type === "pictureBytes" && data.picture === picture) {
      window.removeEventListener("message", onMessage);
      if (data.bytes === undefined) reject(new Error(picture));
      else resolve(new Blob([data.bytes]));
    }
  };
  window.addEventListener("message", onMessage);
  return promise;
}

/**
 * Puts a picture on the clipboard. The page may read thumbnails only, so it asks the host for the
 * bytes, and again with `failure` if it cannot copy them.
 *
 * @param name of the action.
 */
export async function copyImage(
  { job, picture }: SheetEntry,
  name: string,
  send: (action: CopyAction) => void,
): Promise<void> {
  const ask = (failure?: CopyFailure) =>
    send({ name, announcement: name, intent: { type: "copyImage", job: job.id, picture: picture.id, failure } });
  const bytes = bytesOf(picture.id);
  ask();
  const failure = await copyPng(bytes);
  // The host has said itself why there are no bytes.
  const isSent = await bytes.then(
    () => true,
    () => false,
  );
  if (failure !== undefined && isSent) ask(failure);
}
