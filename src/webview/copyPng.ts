/** A picture as PNG: the only format of images that browsers put on the clipboard. */
async function toPng(picture: ImageBitmapSource): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: "image/png" });
}

/** Why a picture was not copied: the browser refused, or it could not be read or encoded. */
export type CopyFailure = "refused" | "failed";

/**
 * Puts a picture on the clipboard. It is called while the user's action counts as the latest one,
 * so it gets a promise. Resolves with `undefined` if it is there.
 */
export function copyPng(picture: Promise<ImageBitmapSource>): Promise<CopyFailure | undefined> {
  const png = picture.then(toPng);
  // The browser awaits it later, and until then an error would count as unhandled.
  png.catch(() => undefined);
  return navigator.clipboard.write([new ClipboardItem({ "image/png": png })]).then(
    () => undefined,
    (error) => (error instanceof DOMException && error.name === "NotAllowedError" ? "refused" : "failed"),
  );
}
