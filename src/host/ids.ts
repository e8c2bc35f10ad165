/** Identifiers the manifest declares and the code answers to; a test holds the two together. */
export const commandIds = [
  "limn.generate",
  "limn.generateFromSelection",
  "limn.edit",
  "limn.addReferences",
  "limn.compareWithHead",
  "limn.compareSelected",
  "limn.insertLink",
  "limn.undoReplace",
  "limn.setApiKey",
  "limn.clearApiKey",
  "limn.checkKey",
  "limn.showUnfinishedJobs",
  "limn.showSpending",
  "limn.exportSpending",
  "limn.showLog",
] as const;

/** One of the commands. */
export type CommandId = (typeof commandIds)[number];

/** Context key that is set while there is a replaced image to bring back. */
export const canUndoReplaceKey = "limn.canUndoReplace";

/** The panel's view. */
export const viewId = "limn.panel";

/** The view that carries the number of running jobs and is never shown; see `panel/badge.ts`. */
export const badgeViewId = "limn.badge";

/** Context key that is set while there is a kept picture. */
export const hasKeptPicturesKey = "limn.hasKeptPictures";
