import * as l10n from "@vscode/l10n";
import { formatUsd } from "../../../core/money/usd.ts";
import { type ActionId, type CopyAction, copyActions, isOffered, pictureActions } from "../actions.ts";
import { describeSeveral, type OfferedAction, offeredActions } from "../severalActions.ts";
import type { SheetEntry } from "../sheetEntries.ts";
import type { MenuItem } from "./menu.ts";

/** The tools of the service. The host asks what they should make. */
const toolActions = ({ job, picture, number }: SheetEntry): readonly CopyAction[] =>
  (
    [
      ["removeBackground", l10n.t("Remove Background…")],
      ["upscale", l10n.t("Upscale…")],
    ] as const
  ).map(([tool, name]) => ({
    name,
    announcement: l10n.t("{0} Picture {1}", name, number),
    intent: { type: "useTool", job: job.id, picture: picture.id, tool },
  }));

/** What can be copied of a picture. */
const copyItems = (entry: SheetEntry, onCopy: (action: CopyAction) => void): readonly MenuItem[] =>
  copyActions(entry).map((action) => ({ name: action.name, onChoose: () => onCopy(action) }));

/** A group of items, with a line above it. */
const withSeparator = (items: readonly MenuItem[]): readonly MenuItem[] =>
  items.map((item, index) => (index === 0 ? { ...item, separator: true } : item));

/** The name of an action that buys says its price. */
const withPrice = (name: string, price: number | undefined): string =>
  price === undefined ? name : l10n.t("{0} · about {1}", name, formatUsd(price));

/** What the items of a menu depend on, and what they do. */
interface MenuContext {
  readonly marked: SheetEntry | undefined;
  /** Whether the service in use costs nothing. */
  readonly isFree: boolean;
  onAction(id: ActionId): void;
  onCopy(action: CopyAction): void;
  onSeveral(action: OfferedAction): void;
  /** Called to end the selection of several pictures. */
  onCancel(): void;
}

/** All that can be done with a picture now; what can be copied is at its end. */
function pictureMenu(entry: SheetEntry, { marked, isFree, onAction, onCopy }: MenuContext): readonly MenuItem[] {
  const items = pictureActions
    .filter((action) => isOffered(action, entry) && action.problem?.(entry, marked) === undefined)
    .map(({ id, name, key, purchase }) => ({
      name: withPrice(name(entry), isFree ? undefined : purchase?.(entry).price),
      ...(key === undefined ? {} : { key }),
      separator: id === "keepAs" || id === "open" || id === "moreLikeThis" || id === "star",
      onChoose: () => onAction(id),
    }));
  const tools = toolActions(entry).map((action) => ({ name: action.name, onChoose: () => onCopy(action) }));
  const groups = entry.picture.width === undefined ? [] : [tools];
  return [...items, ...[...groups, copyItems(entry, onCopy)].flatMap(withSeparator)];
}

/** All that can be done with several pictures at once. */
const severalMenu = (entries: readonly SheetEntry[], context: MenuContext): readonly MenuItem[] => [
  ...offeredActions(entries).map((action) => ({
    name: action.name,
    ...(action.key === undefined ? {} : { key: action.key }),
    onChoose: () => context.onSeveral(action),
  })),
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
