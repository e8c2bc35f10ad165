/** One of the commands of the manifest; a test compares it with the handlers. */
export type CommandId =
  | "limn.generate"
  | "limn.generateFromSelection"
  | "limn.edit"
  | "limn.addReferences"
  | "limn.compareWithHead"
  | "limn.compareSelected"
  | "limn.insertLink"
  | "limn.generateMissingImage"
  | "limn.generateAllMissingInFile"
  | "limn.generateAllMissingInWorkspace"
  | "limn.makeDraft"
  | "limn.makeDraftFromPanel"
  | "limn.renderDrafts"
  | "limn.exportImage"
  | "limn.copyImageAs"
  | "limn.insertDataUri"
  | "limn.removeBackground"
  | "limn.upscaleImage"
  | "limn.reuseSettings"
  | "limn.undoReplace"
  | "limn.setApiKey"
  | "limn.clearApiKey"
  | "limn.checkKey"
  | "limn.showUnfinishedJobs"
  | "limn.showSpending"
  | "limn.exportSpending"
  | "limn.openPanelTab"
  | "limn.movePanelToSideBar"
  | "limn.showLog"
  | "limn.openWalkthrough";

/** Context key: whether there is a replaced image to restore. */
export const canUndoReplaceKey = "limn.canUndoReplace";

/** Context key: paths of the drafts that VS Code has shown. */
export const draftPathsKey = "limn.draftPaths";

/** Id of the panel's view. */
export const viewId = "limn.panel";

/** VS Code's id for the tab of the light table. */
export const lightTableType = "limn.lightTable";

/** VS Code's id for the editor tab of the panel. */
export const panelTabType = "limn.panelTab";

/** Context key: whether the panel is in an editor tab. */
export const isPanelInTabKey = "limn.isPanelInTab";

/** Id of the view that is never shown and carries the badge; see `panel/badge.ts`. */
export const badgeViewId = "limn.badge";

/**
 * Context keys. VS Code checks a step of the walkthrough off, for good, when its key becomes true.
 */
export const walkthroughKeys = {
  makePicture: "limn.walkthrough.makePicture",
  insertLink: "limn.walkthrough.insertLink",
  editImage: "limn.walkthrough.editImage",
  setApiKey: "limn.walkthrough.setApiKey",
} as const;

/** Id of the walkthrough, with the extension's. */
export const walkthroughId = "limn.limn#start";
