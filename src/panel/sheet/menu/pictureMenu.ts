import { type ActionId, type CopyAction, copyActions, isOffered, pictureActions } from "../actions.ts";
import type { SheetEntry } from "../sheetEntries.ts";
import type { MenuItem } from "./menu.ts";

/** What can be copied of a picture. */
const copyItems = (entry: SheetEntry, onCopy: (action: CopyAction) => void): readonly MenuItem[] =>
  copyActions(entry).map((action) => ({ name: action.name, onChoose: () => onCopy(action) }));

/** The menu of all that can be done with a picture now; what can be copied is at its end. */
export function pictureMenu(
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  onAction: (id: ActionId) => void,
  onCopy: (action: CopyAction) => void,
): readonly MenuItem[] {
  const items = pictureActions
    .filter((action) => isOffered(action, entry) && action.problem?.(entry, marked) === undefined)
    .map(({ id, name, key }) => ({
      name: name(entry),
      ...(key === undefined ? {} : { key }),
      separator: id === "keepAs" || id === "open" || id === "star",
      onChoose: () => onAction(id),
    }));
  const [first, ...others] = copyItems(entry, onCopy);
  return [...items, ...(first === undefined ? [] : [{ ...first, separator: true }, ...others])];
}
