import type { DraggedPicture, DragType } from "../../../protocol.ts";
import { refOf, type SheetEntry } from "../sheetEntries.ts";

/** The type that the host looks for in a drop on a text editor. */
const dragType: DragType = "application/vnd.limn.picture+json";

/** Gives a drag the picture, and the path of its file as text; stops the drag of anything else. */
export function startDrag(event: DragEvent, entry: SheetEntry | undefined): void {
  if (entry === undefined || !event.dataTransfer) {
    event.preventDefault();
    return;
  }
  event.dataTransfer.effectAllowed = "copy";
  event.dataTransfer.setData(dragType, JSON.stringify(refOf(entry) satisfies DraggedPicture));
  const path = entry.picture.kept.at(-1);
  if (path !== undefined) {
    event.dataTransfer.setData("text/plain", path);
  }
}
