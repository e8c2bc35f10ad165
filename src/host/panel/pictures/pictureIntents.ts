import { commands, env, l10n, Uri } from "vscode";
import { insertLink } from "../../links/insertLink.ts";
import { currentLinkPosition } from "../../links/trackedPosition.ts";
import { vaultUri } from "../../storage/vaultUri.ts";
import { promptExcerpt } from "../../ui/promptExcerpt.ts";
import { pathError } from "../../workspace/pathError.ts";
import { symlinkEscape } from "../../workspace/symlinkEscape.ts";
import { shownPath } from "../../workspace/workspaceFolders.ts";
import { findPicture } from "../findPicture.ts";
import type { IntentHandlers } from "../panelContext.ts";
import { recordDiscard } from "../panelState.ts";
import { isInWorkspace } from "./editedFile.ts";
import { existingKeptFile } from "./existingKeptFile.ts";
import { exportKept } from "./exportKept.ts";
import { pictureKeeper } from "./keepPicture.ts";
import { restoreAll } from "./manyPictures.ts";
import { replaceEditedFile } from "./replaceEditedFile.ts";

/** Intents on one picture, and on the vault. */
export const pictureIntents = {
  keep: async (context, intent) => {
    const found = findPicture(context, intent);
    const uri = await pictureKeeper(context)(found);
    await exportKept(context, [{ job: found.job, uri }]);
  },
  keepAs: async (context, intent) => {
    const { job, picture } = findPicture(context, intent);
    const { askTarget } = await import("../../flow/steps.ts");
    const target = await askTarget(context.services, job, picture);
    const uri = await context.services.jobs.keep(job.taskUUID, picture, target);
    await exportKept(context, [{ job, uri }]);
  },
  replace: async (context, intent) => replaceEditedFile(context.services, findPicture(context, intent)),
  open: async (context, intent) => {
    const { job, picture } = findPicture(context, intent);
    const lightTable = await context.services.lightTable.load();
    await lightTable.show({ job: job.taskUUID, picture: picture.id }, { isFromPanel: true });
  },
  openKept: async (context, intent) => {
    const { picture } = findPicture(context, intent);
    const uri = picture.kept[intent.index] ?? "";
    const file = Uri.parse(uri);
    if (!isInWorkspace(uri)) {
      throw pathError(l10n.t("This file is in a folder that is not open here. Open its folder first."));
    }
    const escapedPath = await symlinkEscape(file);
    if (escapedPath !== undefined) {
      throw pathError(l10n.t("{0} is a link out of the workspace folder now, to {1}.", shownPath(file), escapedPath));
    }
    await commands.executeCommand("vscode.open", file);
  },
  insertLink: async (context, intent) => {
    // Taken at once: the user may move the cursor while Limn asks for the save location.
    const linkPosition = currentLinkPosition();
    try {
      const found = findPicture(context, intent);
      const file = (await existingKeptFile(context, found)) ?? (await pictureKeeper(context)(found));
      await insertLink(context.services, [Uri.parse(file)], linkPosition);
    } finally {
      linkPosition?.dispose();
    }
  },
  useAsReference: async (context, intent) => {
    const found = findPicture(context, intent);
    const label = promptExcerpt(found.job.request.prompt);
    await context.services.draftReferences.add([{ uri: vaultUri(context.services, found.picture), label }]);
  },
  copy: async (context, intent) => {
    const { ports } = context.services;
    const { copyTexts } = await import("./copyTexts.ts");
    await env.clipboard.writeText(copyTexts[intent.what](findPicture(context, intent), ports.uuid()));
  },
  copyImage: async (context, intent) =>
    (await import("./copyTexts.ts")).sendImage(context, intent, async () =>
      context.services.ports.vault.read(findPicture(context, intent).file),
    ),
  star: async ({ services }, { job, picture, starred }) => services.jobs.setMarks(job, picture, { starred }),
  moveCrop: async ({ services }, { job, picture, focus }) => services.jobs.setMarks(job, picture, { focus }),
  exportAgain: async (context, intent) => {
    const found = findPicture(context, intent);
    const uri = (await existingKeptFile(context, found)) ?? (await pictureKeeper(context)(found));
    await exportKept(context, [{ job: found.job, uri }]);
  },
  discard: async (context, intent) => {
    const { job, picture } = findPicture(context, intent);
    await context.services.jobs.setMarks(job.taskUUID, picture.id, { discarded: true });
    recordDiscard(context.panelState, [intent]);
  },
  restore: (context, { job, picture }) => restoreAll(context, [{ job, picture }]),
  cleanUp: async (context) => (await import("./cleanUp.ts")).cleanUp(context),
  measureVault: ({ vaultIndex }) => vaultIndex.readSizes(),
} as const satisfies IntentHandlers<
  | "keep"
  | "keepAs"
  | "replace"
  | "open"
  | "openKept"
  | "insertLink"
  | "useAsReference"
  | "copy"
  | "copyImage"
  | "star"
  | "moveCrop"
  | "exportAgain"
  | "discard"
  | "restore"
  | "cleanUp"
  | "measureVault"
>;
