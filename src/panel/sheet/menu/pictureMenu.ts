import * as l10n from "@vscode/l10n";
import { formatUsd } from "../../../core/money/usd.ts";
import { type ActionId, type CopyAction, copyActions, isOffered, pictureActions } from "../actions.ts";
import { type ActionOnSeveral, describeSeveral, offeredActions } from "../severalActions.ts";
import type { SheetEntry } from "../sheetEntries.ts";
import type { MenuItem } from "./menu.ts";

/** The tools of the service. The host asks for their settings. */
const tools = [
  { id: "removeBackground", name: l10n.t("Remove Background…") },
  { id: "upscale", name: l10n.t("Upscale…") },
] as const;

/** The name of an action that buys says its price. */
const withPrice = (name: string, price: number | undefined): string =>
  price === undefined ? name : l10n.t("{0} · about {1}", name, formatUsd(price));

/** Puts the picture itself on the clipboard, which only the page can do. */
const copyPicture = async (entry: SheetEntry, name: string, onCopy: MenuContext["onCopy"]): Promise<void> =>
  (await import("../copyImage.ts")).copyImage(entry, name, onCopy);

/** Items of a menu, with a separator above the first one. */
const group = (items: readonly MenuItem[]): readonly MenuItem[] =>
  items.map((item, index) => ({ ...item, separator: index === 0 }));

/** The items of the tools, for those of the pictures that have arrived. */
function toolItems(entries: readonly SheetEntry[], { onSeveral }: Pick<MenuContext, "onSeveral">): readonly MenuItem[] {
  const arrived = entries.filter(({ picture }) => picture.width !== undefined);
  return arrived.length === 0
    ? []
    : group(tools.map((tool) => ({ name: tool.name, onChoose: () => onSeveral({ ...tool, entries: arrived }) })));
}

/** What the items of a menu depend on, and what they do. */
interface MenuContext {
  readonly marked: SheetEntry | undefined;
  /** Whether the service in use costs nothing. */
  readonly isFree: boolean;
  onAction(id: ActionId): void;
  onCopy(action: CopyAction): void;
  onSeveral(action: ActionOnSeveral): void;
  /** Called to end the selection of several pictures. */
  onCancel(): void;
}

/** All that can be done with a picture now; what can be copied is at its end. */
function pictureMenu(entry: SheetEntry, context: MenuContext): readonly MenuItem[] {
  const { marked, isFree, onAction, onCopy } = context;
  const items = pictureActions
    .filter((action) => isOffered(action, entry) && action.problem?.(entry, marked) === undefined)
    .map(({ id, name, key, purchase }) => ({
      name: withPrice(name(entry), isFree ? undefined : purchase?.(entry).price),
      ...(key === undefined ? {} : { key }),
      separator: id === "keepAs" || id === "open" || id === "moreLikeThis" || id === "star",
      onChoose: () => onAction(id),
    }));
  const itemOf = (action: CopyAction) => ({ name: action.name, onChoose: () => onCopy(action) });
  const name = l10n.t("Copy Image");
  const image = { name, onChoose: () => void copyPicture(entry, name, onCopy) };
  return [
    ...items,
    ...toolItems([entry], context),
    ...group([...(entry.picture.width === undefined ? [] : [image]), ...copyActions(entry).map(itemOf)]),
  ];
}

/** All that can be done with several pictures at once. */
const severalMenu = (entries: readonly SheetEntry[], context: MenuContext): readonly MenuItem[] => [
  ...offeredActions(entries).map((action) => ({ ...action, onChoose: () => context.onSeveral(action) })),
  ...toolItems(entries, context),
  { name: l10n.t("Cancel Selection"), key: l10n.t("Escape"), separator: true, onChoose: () => context.onCancel() },
];

/** The menu of a picture, or of `several` that are selected with it, and its name. */
export const menuOf = (
  entry: SheetEntry,
  several: readonly SheetEntry[],
  context: MenuContext,
): { readonly label: string; readonly items: readonly MenuItem[] } =>
  several.length === 0
    ? { label: l10n.t("Picture {0}", entry.number), items: pictureMenu(entry, context) }
    : { label: describeSeveral(several, false), items: severalMenu(several, context) };
