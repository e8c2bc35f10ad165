import type { Intent } from "../../../protocol.ts";
import { type ActionId, copyActions, isOffered, isPossible, pictureActions } from "../actions.ts";
import type { SheetEntry } from "../sheetEntries.ts";
import type { MenuItem } from "./menu.ts";

/** A menu of what can be copied of a picture; `run` hears which and how it is called. */
export const copyMenu = (entry: SheetEntry, onCopy: (intent: Intent, name: string) => void): readonly MenuItem[] =>
  copyActions(entry).map(({ name, intent }) => ({ name, onChoose: () => onCopy(intent, name) }));

/** A menu of all that can be done with a picture as things are, copying at its end. */
export function pictureMenu(
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  onAction: (id: ActionId) => void,
  onCopy: (intent: Intent, name: string) => void,
): readonly MenuItem[] {
  const items = pictureActions
    .filter((action) => action.id !== "copy" && isOffered(action, entry) && isPossible(action, entry, marked))
    .map(({ id, name, key }) => ({
      name: name(entry),
      ...(key === undefined ? {} : { key }),
      separator: id === "open" || id === "insertLink" || id === "star",
      onChoose: () => onAction(id),
    }));
  const [first, ...others] = copyMenu(entry, onCopy);
  return [...items, ...(first === undefined ? [] : [{ ...first, separator: true }, ...others])];
}
