import type { Intent } from "../../protocol.ts";
import { type Found, isSame } from "./found.ts";

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
export interface Action {
  readonly id: ActionId;
  readonly name: (found: Found) => string;
  readonly icon: (found: Found) => string;
  /** The key in the sheet, where it has one. */
  readonly key?: string;
  /** What is said on it at once; what came of it is said when it is known. */
  readonly said: (found: Found) => string;
  /** `undefined` where it cannot be done with this picture. Left out where the sheet does it by itself. */
  readonly intent?: (found: Found, marked: Found | undefined) => Intent | undefined;
}

const names = ({ job, picture }: Found) => ({ job: job.id, picture: picture.id });
const always = (words: string) => () => words;

/** With the marked picture, or else with the picture it was edited from. */
function comparison(found: Found, marked: Found | undefined): Intent | undefined {
  if (marked !== undefined && !isSame(marked, found)) {
    return { type: "compare", ...names(found), with: names(marked) };
  }
  return found.job.edited ? { type: "compare", ...names(found) } : undefined;
}

/** All actions, in the order they are offered. */
export const actions: readonly Action[] = [
  {
    id: "restore",
    name: always("Restore"),
    icon: always("discard"),
    key: "X",
    said: ({ number }) => `Restoring picture ${number}`,
    intent: (found) => ({ type: "restore", ...names(found) }),
  },
  {
    id: "keep",
    name: always("Keep"),
    icon: always("save"),
    key: "K",
    said: ({ number }) => `Keeping picture ${number}`,
    intent: (found) => ({ type: "keep", ...names(found) }),
  },
  {
    id: "keepAs",
    name: always("Keep As…"),
    icon: always("save-as"),
    said: ({ number }) => `Keeping picture ${number} under another name`,
    intent: (found) => ({ type: "keepAs", ...names(found) }),
  },
  {
    id: "replace",
    name: always("Replace the Original"),
    icon: always("replace"),
    said: ({ number }) => `Putting picture ${number} in place of the original`,
    intent: (found) => (found.job.edited ? { type: "replace", ...names(found) } : undefined),
  },
  {
    id: "open",
    name: always("Open"),
    icon: always("go-to-file"),
    key: "Enter",
    said: ({ number }) => `Opening picture ${number}`,
    intent: (found) => ({ type: "open", ...names(found) }),
  },
  {
    id: "compare",
    name: always("Compare"),
    icon: always("compare-changes"),
    key: "C",
    said: ({ number }) => `Comparing picture ${number}`,
    intent: comparison,
  },
  {
    id: "mark",
    name: always("Mark to Compare"),
    icon: always("bookmark"),
    key: "M",
    said: ({ number }) => `Picture ${number} is marked. Press C on another one to compare them`,
  },
  {
    id: "insertLink",
    name: always("Insert Link"),
    icon: always("link"),
    said: ({ number }) => `Inserting a link to picture ${number}`,
    intent: (found) => ({ type: "insertLink", ...names(found) }),
  },
  {
    id: "useAsReference",
    name: always("Use as Reference"),
    icon: always("references"),
    said: ({ number }) => `Picture ${number} becomes a reference`,
    intent: (found) => ({ type: "useAsReference", ...names(found) }),
  },
  { id: "reuse", name: always("Reuse Settings…"), icon: always("settings"), said: always("Settings of this picture") },
  { id: "copy", name: always("Copy…"), icon: always("copy"), said: always("Copy") },
  {
    id: "star",
    name: ({ picture }) => (picture.starred ? "Remove Star" : "Star"),
    icon: ({ picture }) => (picture.starred ? "star-full" : "star-empty"),
    key: "S",
    said: ({ number, picture }) => (picture.starred ? `Unstarring picture ${number}` : `Starring picture ${number}`),
    intent: (found) => ({ type: "star", ...names(found), starred: !found.picture.starred }),
  },
  {
    id: "discard",
    name: always("Discard"),
    icon: always("trash"),
    key: "X",
    said: ({ number }) => `Discarding picture ${number}`,
    intent: (found) => ({ type: "discard", ...names(found) }),
  },
];

/** What can be done with a discarded picture: it is looked at, used again, or restored. */
const ofDiscarded: ReadonlySet<ActionId> = new Set([
  "open",
  "compare",
  "mark",
  "useAsReference",
  "reuse",
  "copy",
  "restore",
]);

/** Whether it can be done with this picture as things are. */
export const isPossible = ({ intent }: Action, found: Found, marked: Found | undefined): boolean =>
  intent === undefined || intent(found, marked) !== undefined;

/** Whether it is offered at all: what is only not possible yet is shown as such. */
export function isOffered({ id }: Action, { job, discarded }: Found): boolean {
  if (discarded) {
    return ofDiscarded.has(id);
  }
  return id !== "restore" && (id !== "replace" || job.edited);
}

/** The action that a key has for this picture; letters in either case. */
export const actionOf = (key: string, found: Found): Action | undefined =>
  actions.find((action) => action.key?.toLowerCase() === key.toLowerCase() && isOffered(action, found));

/** What can be copied of a picture. */
export function copies(found: Found): readonly { readonly name: string; readonly intent: Intent }[] {
  const copy = (what: Extract<Intent, { type: "copy" }>["what"]): Intent => ({ type: "copy", ...names(found), what });
  return [
    { name: "Copy Prompt", intent: copy("prompt") },
    ...(found.picture.seed === undefined ? [] : [{ name: "Copy Seed", intent: copy("seed") }]),
    ...(found.picture.imageUuid === undefined ? [] : [{ name: "Copy Image UUID", intent: copy("imageUuid") }]),
    { name: "Copy Task UUID", intent: copy("taskUuid") },
    { name: "Copy Request as curl", intent: copy("curl") },
    { name: "Copy Request as TypeScript", intent: copy("typescript") },
  ];
}
