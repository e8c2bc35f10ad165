import * as l10n from "@vscode/l10n";
import { type ManyAction, maxManyPictures } from "../../core/sheet/manyPictures.ts";
import type { SheetEntry } from "./sheetEntries.ts";

/** An action on several pictures, and which of them it is for. */
interface SeveralAction {
  readonly id: ManyAction;
  readonly name: string;
  readonly key?: string;
  readonly fits: (entry: SheetEntry) => boolean;
}

/** What can be done with several pictures. The first one of a key that fits any of them counts. */
const severalActions: readonly SeveralAction[] = [
  {
    id: "keep",
    name: l10n.t("Keep"),
    key: "K",
    fits: ({ picture, isDiscarded }) => !isDiscarded && picture.kept.length === 0,
  },
  { id: "discard", name: l10n.t("Discard"), key: "X", fits: ({ isDiscarded }) => !isDiscarded },
  { id: "restore", name: l10n.t("Restore"), key: "X", fits: ({ isDiscarded }) => isDiscarded },
  {
    id: "star",
    name: l10n.t("Star"),
    key: "S",
    fits: ({ picture, isDiscarded }) => !(isDiscarded || picture.isStarred),
  },
  { id: "unstar", name: l10n.t("Remove Star"), key: "S", fits: ({ isDiscarded }) => !isDiscarded },
  { id: "export", name: l10n.t("Export For…"), fits: ({ isDiscarded }) => !isDiscarded },
];

/** The actions that these pictures offer, each with those that it is for. */
export const offeredActions = (entries: readonly SheetEntry[]) =>
  severalActions
    .map((action) => ({ ...action, entries: entries.filter(action.fits) }))
    .filter(({ key, ...action }, index, all) => {
      const isFirst =
        key === undefined || !all.slice(0, index).some((one) => one.key === key && one.entries.length > 0);
      return action.entries.length > 0 && isFirst;
    });

/** An action with the pictures that it is done with. */
export type ActionOnSeveral = Pick<SeveralAction, "id" | "name"> & { readonly entries: readonly SheetEntry[] };

/** How many pictures are selected, and what was done with some of them. */
export function describeSeveral(entries: readonly SheetEntry[], isCut: boolean): string {
  const kept = entries.filter(({ picture }) => picture.kept.length > 0).length;
  return [
    entries.length === 1 ? l10n.t("1 picture selected") : l10n.t("{0} pictures selected", entries.length),
    ...(kept > 0 ? [l10n.t("{0} kept", kept)] : []),
    ...(isCut ? [l10n.t("only those near the view, at most {0}", maxManyPictures)] : []),
  ].join(" · ");
}
