import { type DataTransfer, DocumentDropOrPasteEditKind } from "vscode";
import type { DragType } from "../../protocol.ts";

/** Type of dropped files, from VS Code's explorer and most other programs. Source: RFC 2483, 5. */
export const uriListMimeType = "text/uri-list";

/** Type of a picture that is dragged out of the panel. */
export const pictureMimeType: DragType = "application/vnd.limn.picture+json";

/**
 * What VS Code calls files without a path, such as a picture on the clipboard. Their own types it
 * only looks at afterwards.
 */
const filesMimeType = "files";

/** What Limn looks at. */
export const droppedMimeTypes = [pictureMimeType, uriListMimeType, filesMimeType];

/** Limn's kind of edit, beside VS Code's kinds for paths and Markdown. */
export const linkKind = DocumentDropOrPasteEditKind.Empty.append("limn", "imageLink");

/** Names of image files, so that other drops do not load Limn. The file itself is checked later. */
const imageFileNamePattern = /\.(png|jpe?g|jpe|jfif|webp)\s*$/im;

/** Whether a drop or paste may hold an image. */
export async function mayHoldImage(transfer: DataTransfer): Promise<boolean> {
  return (
    transfer.get(pictureMimeType) !== undefined ||
    [...transfer].some(([type]) => type.startsWith("image/")) ||
    imageFileNamePattern.test((await transfer.get(uriListMimeType)?.asString()) ?? "")
  );
}
