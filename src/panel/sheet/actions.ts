import type { Intent } from "../../protocol.ts";
import { isSamePicture, type SheetEntry } from "./sheetEntries.ts";

/** What can be done with a picture. */
export type ActionId =
  | "keep"
  | "keepAs"
  | "replace"
  | "open"
  | "compare"
  | "mark"
  | "insertLink"
  | "useAsReference"
  | "reuse"
  | "copy"
  | "star"
  | "discard"
  | "restore";

/** One action: how it is called, and what it asks the host for. */
export interface PictureAction {
  readonly id: ActionId;
  readonly name: (entry: SheetEntry) => string;
  readonly icon: (entry: SheetEntry) => string;
  /** The key in the sheet, where it has one. */
  readonly key?: string;
  /** What is said on it at once; what came of it is said when it is known. */
  readonly announcement: (entry: SheetEntry) => string;
  /**
   * `undefined` where it cannot be done with this picture. Left out where the sheet does it by
   * itself.
   */
  readonly intent?: (entry: SheetEntry, marked: SheetEntry | undefined) => Intent | undefined;
}

const pictureRef = ({ job, picture }: SheetEntry) => ({ job: job.id, picture: picture.id });
const constant = (text: string) => () => text;

/** With the marked picture, or else with the picture it was edited from. */
function compareIntent(entry: SheetEntry, marked: SheetEntry | undefined): Intent | undefined {
  if (marked !== undefined && !isSamePicture(marked, entry)) {
    return { type: "compare", ...pictureRef(entry), with: pictureRef(marked) };
  }
  return entry.job.hasReferenceFile ? { type: "compare", ...pictureRef(entry) } : undefined;
}

/** All actions, in the order they are offered. */
export const pictureActions: readonly PictureAction[] = [
  {
    id: "restore",
    name: constant("Restore"),
    icon: constant("discard"),
    key: "X",
    announcement: ({ number }) => `Restoring picture ${number}`,
    intent: (entry) => ({ type: "restore", ...pictureRef(entry) }),
  },
  {
    id: "keep",
    name: constant("Keep"),
    icon: constant("save"),
    key: "K",
    announcement: ({ number }) => `Keeping picture ${number}`,
    intent: (entry) => ({ type: "keep", ...pictureRef(entry) }),
  },
  {
    id: "keepAs",
    name: constant("Keep As…"),
    icon: constant("save-as"),
    announcement: ({ number }) => `Keeping picture ${number} under another name`,
    intent: (entry) => ({ type: "keepAs", ...pictureRef(entry) }),
  },
  {
    id: "replace",
    name: constant("Replace the Original"),
    icon: constant("replace"),
    announcement: ({ number }) => `Putting picture ${number} in place of the original`,
    intent: (entry) => (entry.job.hasReferenceFile ? { type: "replace", ...pictureRef(entry) } : undefined),
  },
  {
    id: "open",
    name: constant("Open"),
    icon: constant("go-to-file"),
    key: "Enter",
    announcement: ({ number }) => `Opening picture ${number}`,
    intent: (entry) => ({ type: "open", ...pictureRef(entry) }),
  },
  {
    id: "compare",
    name: constant("Compare"),
    icon: constant("compare-changes"),
    key: "C",
    announcement: ({ number }) => `Comparing picture ${number}`,
    intent: compareIntent,
  },
  {
    id: "mark",
    name: constant("Mark to Compare"),
    icon: constant("bookmark"),
    key: "M",
    announcement: ({ number }) => `Picture ${number} is marked. Press C on another one to compare them`,
  },
  {
    id: "insertLink",
    name: constant("Insert Link"),
    icon: constant("link"),
    announcement: ({ number }) => `Inserting a link to picture ${number}`,
    intent: (entry) => ({ type: "insertLink", ...pictureRef(entry) }),
  },
  {
    id: "useAsReference",
    name: constant("Use as Reference"),
    icon: constant("references"),
    announcement: ({ number }) => `Picture ${number} becomes a reference`,
    intent: (entry) => ({ type: "useAsReference", ...pictureRef(entry) }),
  },
  {
    id: "reuse",
    name: constant("Reuse Settings…"),
    icon: constant("settings"),
    announcement: constant("Settings of this picture"),
  },
  { id: "copy", name: constant("Copy…"), icon: constant("copy"), announcement: constant("Copy") },
  {
    id: "star",
    name: ({ picture }) => (picture.isStarred ? "Remove Star" : "Star"),
    icon: ({ picture }) => (picture.isStarred ? "star-full" : "star-empty"),
    key: "S",
    announcement: ({ number, picture }) =>
      picture.isStarred ? `Unstarring picture ${number}` : `Starring picture ${number}`,
    intent: (entry) => ({ type: "star", ...pictureRef(entry), starred: !entry.picture.isStarred }),
  },
  {
    id: "discard",
    name: constant("Discard"),
    icon: constant("trash"),
    key: "X",
    announcement: ({ number }) => `Discarding picture ${number}`,
    intent: (entry) => ({ type: "discard", ...pictureRef(entry) }),
  },
];

/** What can be done with a discarded picture: it is looked at, used again, or restored. */
const discardedActions: ReadonlySet<ActionId> = new Set([
  "open",
  "compare",
  "mark",
  "useAsReference",
  "reuse",
  "copy",
  "restore",
]);

/** Whether it can be done with this picture as things are. */
export const isPossible = ({ intent }: PictureAction, entry: SheetEntry, marked: SheetEntry | undefined): boolean =>
  intent === undefined || intent(entry, marked) !== undefined;

/** Whether it is offered at all: what is only not possible yet is shown as such. */
export function isOffered({ id }: PictureAction, { job, isDiscarded }: SheetEntry): boolean {
  if (isDiscarded) {
    return discardedActions.has(id);
  }
  return id !== "restore" && (id !== "replace" || job.hasReferenceFile);
}

/** The action that a key has for this picture; letters in either case. */
export const actionForKey = (key: string, entry: SheetEntry): PictureAction | undefined =>
  pictureActions.find((action) => action.key?.toLowerCase() === key.toLowerCase() && isOffered(action, entry));

/** What can be copied of a picture. */
export function copyActions(entry: SheetEntry): readonly { readonly name: string; readonly intent: Intent }[] {
  const copyIntent = (what: Extract<Intent, { type: "copy" }>["what"]): Intent => ({
    type: "copy",
    ...pictureRef(entry),
    what,
  });
  return [
    { name: "Copy Prompt", intent: copyIntent("prompt") },
    ...(entry.picture.seed === undefined ? [] : [{ name: "Copy Seed", intent: copyIntent("seed") }]),
    ...(entry.picture.imageUuid === undefined ? [] : [{ name: "Copy Image UUID", intent: copyIntent("imageUuid") }]),
    { name: "Copy Task UUID", intent: copyIntent("taskUuid") },
    { name: "Copy Request as curl", intent: copyIntent("curl") },
    { name: "Copy Request as TypeScript", intent: copyIntent("typescript") },
  ];
}
