import * as l10n from "@vscode/l10n";
import { formatUsd } from "../../../core/money/usd.ts";
import { type ActionId, type CopyAction, copyActions, isOffered, pictureActions } from "../actions.ts";
import { type OfferedAction, offeredActions } from "../severalActions.ts";
import type { SheetEntry } from "../sheetEntries.ts";
import type { MenuItem } from "./menu.ts";

/** What can be copied of a picture. */
const copyItems = (entry: SheetEntry, onCopy: (action: CopyAction) => void): readonly MenuItem[] =>
  copyActions(entry).map((action) => ({ name: action.name, onChoose: () => onCopy(action) }));

/** The name of an action that buys says its price. */
const withPrice = (name: string, price: number | undefined): string =>
  price === undefined ? name : l10n.t("{0} · about {1}", name, formatUsd(price));

/**
 * The menu of all that can be done with a picture now; what can be copied is at its end. `isFree`:
 * whether the service in use costs nothing.
 */
export function pictureMenu(
  entry: SheetEntry,
  marked: SheetEntry | undefined,
  isFree: boolean,
  onAction: (id: ActionId) => void,
  onCopy: (action: CopyAction) => void,
): readonly MenuItem[] {
  const items = pictureActions
    .filter((action) => isOffered(action, entry) && action.problem?.(entry, marked) === undefined)
    .map(({ id, name, key, purchase }) => ({
      name: withPrice(name(entry), isFree ? undefined : purchase?.(entry).price),
      ...(key === undefined ? {} : { key }),
      separator: id === "keepAs" || id === "open" || id === "moreLikeThis" || id === "star",
      onChoose: () => onAction(id),
    }));
  const [first, ...others] = copyItems(entry, onCopy);
  return [...items, ...(first === undefined ? [] : [{ ...first, separator: true }, ...others])];
}

/** The menu of several pictures. */
export const severalMenu = (
  entries: readonly SheetEntry[],
  onAction: (action: OfferedAction) => void,
  onCancel: () => void,
): readonly MenuItem[] => [
  ...offeredActions(entries).map((action) => ({
    name: action.name,
    ...(action.key === undefined ? {} : { key: action.key }),
    onChoose: () => onAction(action),
  })),
  { name: l10n.t("Cancel Selection"), key: l10n.t("Escape"), separator: true, onChoose: onCancel },
];
