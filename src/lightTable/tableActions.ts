import * as l10n from "@vscode/l10n";
import type { PictureRef, TableJob, TablePicture } from "../protocol.ts";
import { announce } from "../webview/announce.ts";
import { postLightTable } from "../webview/vscodeApi.ts";

/** What can be done with the shown picture. */
export type TableActionId =
  | "keep"
  | "insertLink"
  | "useAsReference"
  | "compare"
  | "crop"
  | "copyImage"
  | "replace"
  | "star"
  | "discard";

/** What an action acts on. */
export interface ActionTarget {
  readonly job: TableJob;
  readonly picture: TablePicture;
  readonly isComparing: boolean;
}

/** One action: its button and what it sends. */
export interface TableAction {
  readonly id: TableActionId;
  readonly key: string;
  readonly icon: (target: ActionTarget) => string;
  readonly name: (target: ActionTarget) => string;
  /** Whether it can be done with a discarded picture too. */
  readonly isForDiscarded?: boolean;
  readonly run: (ref: PictureRef, target: ActionTarget) => void;
}

const always = (text: string) => () => text;

/** The picture before the shown one, or the next if it is the first. */
function neighbour({ job, picture }: ActionTarget): PictureRef | undefined {
  const index = job.pictures.findIndex(({ id }) => id === picture.id);
  const other = job.pictures[index - 1] ?? job.pictures[index + 1];
  return other && { job: job.id, picture: other.id };
}

function compare(ref: PictureRef, target: ActionTarget): void {
  if (target.isComparing) {
    postLightTable({ type: "stopComparing" });
    return;
  }
  const otherwise = neighbour(target);
  postLightTable({ type: "compare", ...ref, ...(otherwise === undefined ? {} : { otherwise }) });
}

/** Puts the picture on the clipboard, which only the page can do. */
async function copy(ref: PictureRef, { link = "" }: TablePicture): Promise<void> {
  const { copyImage } = await import("./copyImage.ts");
  const failure = await copyImage(link);
  if (failure) postLightTable({ type: "copyImage", ...ref, failure });
  else announce(l10n.t("Copied the image"));
}

/** All actions, in the order of their buttons. */
export const tableActions: readonly TableAction[] = [
  {
    id: "keep",
    key: "K",
    icon: ({ picture }) => (picture.kept.length > 0 ? "check" : "save"),
    name: ({ picture }) => (picture.kept.length > 0 ? l10n.t("Kept") : l10n.t("Keep")),
    run: (ref) => postLightTable({ type: "keep", ...ref }),
  },
  {
    id: "insertLink",
    key: "I",
    icon: always("link"),
    name: always(l10n.t("Insert")),
    run: (ref) => postLightTable({ type: "insertLink", ...ref }),
  },
  {
    id: "useAsReference",
    key: "E",
    icon: always("edit"),
    name: always(l10n.t("Edit This")),
    isForDiscarded: true,
    run: (ref) => postLightTable({ type: "useAsReference", ...ref }),
  },
  {
    id: "compare",
    key: "C",
    icon: always("compare-changes"),
    name: ({ isComparing }) => (isComparing ? l10n.t("Stop Comparing") : l10n.t("Compare")),
    isForDiscarded: true,
    run: compare,
  },
  {
    id: "crop",
    key: "P",
    icon: always("screen-cut"),
    name: always(l10n.t("Move Crop")),
    // The page shows the frame as soon as the host answers.
    run: (ref) => postLightTable({ type: "findCrop", ...ref }),
  },
  {
    id: "copyImage",
    key: "Y",
    icon: always("copy"),
    name: always(l10n.t("Copy Image")),
    isForDiscarded: true,
    run: (ref, { picture }) => void copy(ref, picture),
  },
  {
    id: "replace",
    key: "R",
    icon: always("replace"),
    name: always(l10n.t("Replace the Original")),
    run: (ref) => postLightTable({ type: "replace", ...ref }),
  },
  {
    id: "star",
    key: "S",
    icon: ({ picture }) => (picture.isStarred ? "star-full" : "star-empty"),
    name: ({ picture }) => (picture.isStarred ? l10n.t("Remove Star") : l10n.t("Star")),
    run: (ref, { picture }) => postLightTable({ type: "star", ...ref, starred: !picture.isStarred }),
  },
  {
    id: "discard",
    key: "X",
    icon: ({ picture }) => (picture.isDiscarded ? "discard" : "trash"),
    name: ({ picture }) => (picture.isDiscarded ? l10n.t("Restore") : l10n.t("Discard")),
    isForDiscarded: true,
    run: (ref, { picture }) => postLightTable({ type: picture.isDiscarded ? "restore" : "discard", ...ref }),
  },
];

/** Whether the action is offered for this picture. */
export function isOffered({ id }: TableAction, { job, picture, isComparing }: ActionTarget): boolean {
  if (id === "crop") {
    return picture.crop !== undefined && picture.link !== undefined && !isComparing;
  }
  return id === "replace"
    ? job.hasReferenceFile && picture.otherFormat === undefined
    : (id !== "compare" && id !== "copyImage") || picture.link !== undefined;
}

/** Why the action cannot be done now; `undefined` if it can. */
export function actionProblem({ id, isForDiscarded }: TableAction, { picture }: ActionTarget): string | undefined {
  if (picture.isDiscarded && isForDiscarded !== true) {
    return l10n.t("This picture is discarded. Restore it first (X).");
  }
  return id === "keep" && picture.kept.length > 0
    ? l10n.t("This picture is kept as {0}.", picture.kept.join(", "))
    : undefined;
}
