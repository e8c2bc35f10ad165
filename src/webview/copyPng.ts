/** A picture as PNG: the only format of images that browsers put on the clipboard. */
async function toPng(picture: ImageBitmapSource): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return canvas.convertToBlob({ type: "image/png" });
}

/**
 * Puts a picture on the clipboard. It is called while the user's action counts as the latest one,
 * so it gets a promise. Rejects if the browser refuses, or cannot decode the picture.
 */
export function copyPng(picture: Promise<ImageBitmapSource>): Promise<void> {
  const png = picture.then(toPng);
  // The browser awaits it later, and until then an error would count as unhandled.
  png.catch(() => undefined);
  return navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
}
