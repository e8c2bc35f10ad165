import { type DataTransfer, DocumentDropOrPasteEditKind } from "vscode";
import type { DragType } from "../../protocol.ts";

/**
 * What VS Code's explorer, and most other programs, put into a drop of files. Source: RFC 2483, 5.
 */
export const uriListMimeType = "text/uri-list";

/** What the panel's page puts into a drop of one of its pictures. */
export const pictureMimeType: DragType = "application/vnd.limn.picture+json";

/** Limn's own kind of edit, beside VS Code's own ones for paths and Markdown. */
export const linkKind = DocumentDropOrPasteEditKind.Empty.append("limn", "imageLink");

/**
 * Names of image files, so that Limn is not loaded for other drops. What can be linked is decided
 * later, from the file itself.
 */
const imageFileNamePattern = /\.(png|jpe?g|jpe|jfif|webp)\s*$/im;

/** Whether a drop or paste may hold an image. */
export async function mayHoldImage(transfer: DataTransfer): Promise<boolean> {
  return (
    transfer.get(pictureMimeType) !== undefined ||
    imageFileNamePattern.test((await transfer.get(uriListMimeType)?.asString()) ?? "")
  );
}
