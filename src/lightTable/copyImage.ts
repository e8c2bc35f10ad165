// The part of the page that copies a picture; it is loaded at its first use. It imports nothing
// that the page has already, since that would become one more file of its start.
import { type CopyFailure, copyPng } from "../webview/copyPng.ts";

/** Puts the picture of a link on the clipboard; see `copyPng`. */
export function copyImage(link: string): Promise<CopyFailure | undefined> {
  const image = new Image();
  // The page may read the pixels only if the picture is sent for that.
  image.crossOrigin = "anonymous";
  image.src = link;
  return copyPng(image.decode().then(() => image));
}
