import * as l10n from "@vscode/l10n";
import type { Intent } from "../../protocol.ts";
import type { BuyIntent } from "../shared/press.ts";
import { isSamePicture, refOf, type SheetEntry } from "./sheetEntries.ts";

/** What can be done with a picture. */
export type ActionId =
  | "keep"
  | "keepAgain"
  | "keepAs"
  | "replace"
  | "open"
  | "compare"
  | "mark"
  | "insertLink"
  | "useAsReference"
  | "reuse"
  | "moreLikeThis"
  | "in2k"
  | "star"
  | "discard"
  | "restore";

/** Why an action cannot be done with a picture now. */
export interface ActionProblem {
  /** What its button shows instead of its name. */
  readonly hint: string;
  /** What is announced if it is tried. */
  readonly announcement: string;
}

/** One action: its name, and the intent it sends to the host. */
export interface PictureAction {
  readonly id: ActionId;
  readonly name: (entry: SheetEntry) => string;
  /** What its button shows; absent if only the menu has it. */
  readonly label?: (entry: SheetEntry) => string;
  /** Its key in the sheet. */
  readonly key?: string;
  /** What is announced at once; `PendingActions` announces the result later. */
  readonly announcement: (entry: SheetEntry) => string;
  /** Returns `undefined` if it can be done. Absent if it always can, where it is offered. */
  readonly problem?: (entry: SheetEntry, marked: SheetEntry | undefined) => ActionProblem | undefined;
  /** Absent if the sheet does it itself. */
  readonly intent?: (entry: SheetEntry, marked: SheetEntry | undefined) => Intent;
  /** What it buys. It is offered only if the price is known. */
  readonly purchase?: (entry: SheetEntry) => Purchase;
}

/** A purchase, and its price in USD by today's price list. */
interface Purchase {
  readonly intent: BuyIntent;
  readonly price: number | undefined;
}

/** The name of an action that its button shows too. */
const named = (name: string) => ({ name: () => name, label: () => name });

const constant = (text: string) => () => text;

/** Whether the marked picture is another one than `entry`. */
const isOther = (entry: SheetEntry, marked: SheetEntry | undefined): marked is SheetEntry =>
  marked !== undefined && !isSamePicture(marked, entry);

/** Compares with the marked picture, or else with the picture that it was edited from. */
const compareIntent = (entry: SheetEntry, marked: SheetEntry | undefined): Intent => ({
  type: "compare",
  ...refOf(entry),
  ...(isOther(entry, marked) ? { with: refOf(marked) } : {}),
});

const compareProblem = (entry: SheetEntry, marked: SheetEntry | undefined): ActionProblem | undefined =>
  isOther(entry, marked) || entry.job.hasOriginal
    ? undefined
    : {
        hint: l10n.t("Compare: mark another picture first (M)"),
        announcement: l10n.t("There is nothing to compare it with yet. Press M on another picture to mark it first."),
      };

const keepIntent = (entry: SheetEntry): Intent => ({ type: "keep", ...refOf(entry) });

function keepProblem({ picture: { kept } }: SheetEntry): ActionProblem | undefined {
  const announcement = l10n.t("Kept as {0}. Keep Again is in the menu.", kept.join(", "));
  return kept.length === 0 ? undefined : { hint: announcement, announcement };
}

/** All actions, in the order in which they are offered. */
export const pictureActions: readonly PictureAction[] = [
  {
    id: "restore",
    ...named(l10n.t("Restore")),
    key: "X",
    announcement: ({ number }) => l10n.t("Restoring picture {0}", number),
    intent: (entry) => ({ type: "restore", ...refOf(entry) }),
  },
  {
    id: "keep",
    name: constant(l10n.t("Keep")),
    label: ({ picture }) => (picture.kept.length > 0 ? l10n.t("Kept") : l10n.t("Keep")),
    key: "K",
    announcement: ({ number }) => l10n.t("Keeping picture {0}", number),
    problem: keepProblem,
    intent: keepIntent,
  },
  {
    id: "insertLink",
    ...named(l10n.t("Insert")),
    key: "I",
    announcement: ({ number }) => l10n.t("Inserting a link to picture {0}", number),
    intent: (entry) => ({ type: "insertLink", ...refOf(entry) }),
  },
  {
    id: "useAsReference",
    ...named(l10n.t("Edit This")),
    key: "E",
    announcement: ({ number }) => l10n.t("Adding picture {0} to the references", number),
    intent: (entry) => ({ type: "useAsReference", ...refOf(entry) }),
  },
  {
    id: "discard",
    ...named(l10n.t("Discard")),
    key: "X",
    announcement: ({ number }) => l10n.t("Discarding picture {0}", number),
    intent: (entry) => ({ type: "discard", ...refOf(entry) }),
  },
  {
    id: "keepAs",
    name: constant(l10n.t("Keep As…")),
    announcement: ({ number }) => l10n.t("Keeping picture {0} under another name", number),
    intent: (entry) => ({ type: "keepAs", ...refOf(entry) }),
  },
  {
    id: "keepAgain",
    name: constant(l10n.t("Keep Again")),
    announcement: ({ number }) => l10n.t("Keeping picture {0}", number),
    intent: keepIntent,
  },
  {
    id: "replace",
    name: constant(l10n.t("Replace the Original")),
    label: constant(l10n.t("Replace")),
    announcement: ({ number }) => l10n.t("Replacing the original with picture {0}", number),
    intent: (entry) => ({ type: "replace", ...refOf(entry) }),
  },
  {
    id: "open",
    name: constant(l10n.t("Open")),
    key: "Enter",
    announcement: ({ number }) => l10n.t("Opening picture {0}", number),
    intent: (entry) => ({ type: "open", ...refOf(entry) }),
  },
  {
    id: "compare",
    name: constant(l10n.t("Compare")),
    label: ({ job }) => (job.hasOriginal ? l10n.t("Compare") : ""),
    key: "C",
    announcement: ({ number }) => l10n.t("Comparing picture {0}", number),
    problem: compareProblem,
    intent: compareIntent,
  },
  {
    id: "mark",
    name: constant(l10n.t("Mark to Compare")),
    key: "M",
    announcement: ({ number }) => l10n.t("Picture {0} is marked. Press C on another one to compare them", number),
  },
  {
    id: "moreLikeThis",
    name: constant(l10n.t("More Like This")),
    announcement: ({ number }) => l10n.t("Sending the request of picture {0} once more", number),
    purchase: ({ job }) => ({
      intent: { type: "makeMore", job: job.id, in2k: false },
      price: job.makeMoreEstimate,
    }),
  },
  {
    id: "in2k",
    name: constant(l10n.t("Same in 2K")),
    announcement: ({ number }) => l10n.t("Sending the request of picture {0} for one picture in 2K", number),
    purchase: ({ job }) => ({ intent: { type: "makeMore", job: job.id, in2k: true }, price: job.in2kEstimate }),
  },
  {
    id: "reuse",
    name: constant(l10n.t("Reuse Settings…")),
    announcement: constant(l10n.t("Settings of this picture")),
  },
  {
    id: "star",
    name: ({ picture }) => (picture.isStarred ? l10n.t("Remove Star") : l10n.t("Star")),
    key: "S",
    announcement: ({ number, picture }) =>
      picture.isStarred ? l10n.t("Unstarring picture {0}", number) : l10n.t("Starring picture {0}", number),
    intent: (entry) => ({ type: "star", ...refOf(entry), starred: !entry.picture.isStarred }),
  },
];

/** Actions that a discarded picture offers. */
const discardedActions: ReadonlySet<ActionId> = new Set([
  "open",
  "compare",
  "mark",
  "useAsReference",
  "reuse",
  "moreLikeThis",
  "in2k",
  "restore",
]);

/** Whether the action is offered. One that has only a `problem` now is shown as impossible. */
export function isOffered({ id, purchase }: PictureAction, entry: SheetEntry): boolean {
  const { job, picture, isDiscarded } = entry;
  if (purchase !== undefined && purchase(entry).price === undefined) {
    return false;
  }
  if (isDiscarded) {
    return discardedActions.has(id);
  }
  return (
    id !== "restore" && (id !== "replace" || job.hasReferenceFile) && (id !== "keepAgain" || picture.kept.length > 0)
  );
}

/** The action of a key for this picture. Letters count in either case. */
export const actionForKey = (key: string, entry: SheetEntry): PictureAction | undefined =>
  pictureActions.find((action) => action.key?.toLowerCase() === key.toLowerCase() && isOffered(action, entry));

/** Whether the key acts on a picture. */
export const isActionKey = (name: string): boolean =>
  pictureActions.some(({ key }) => key?.toLowerCase() === name.toLowerCase());

/** A copy action: its name in the menu, and what is announced. */
export interface CopyAction {
  readonly name: string;
  readonly announcement: string;
  readonly intent: Intent;
}

/** What can be copied of a picture. */
export function copyActions(entry: SheetEntry): readonly CopyAction[] {
  const { seed, imageUuid } = entry.picture;
  const copies = (
    what: Extract<Intent, { type: "copy" }>["what"],
    name: string,
    announcement: string,
  ): readonly CopyAction[] => [{ name, announcement, intent: { type: "copy", ...refOf(entry), what } }];
  return [
    ...(entry.job.hasNoPrompt ? [] : copies("prompt", l10n.t("Copy Prompt"), l10n.t("Copying prompt"))),
    ...(seed === undefined ? [] : copies("seed", l10n.t("Copy Seed"), l10n.t("Copying seed"))),
    ...(imageUuid === undefined ? [] : copies("imageUuid", l10n.t("Copy Image UUID"), l10n.t("Copying image UUID"))),
    ...copies("taskUuid", l10n.t("Copy Task UUID"), l10n.t("Copying task UUID")),
    ...copies("curl", l10n.t("Copy Request as curl"), l10n.t("Copying request as curl")),
    ...copies("typescript", l10n.t("Copy Request as TypeScript"), l10n.t("Copying request as TypeScript")),
  ];
}
