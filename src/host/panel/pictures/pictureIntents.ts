import { commands, env, l10n, Uri } from "vscode";
import type { PictureRef } from "../../../protocol.ts";
import { askTarget } from "../../flow/askTarget.ts";
import { insertLink } from "../../links/insertLink.ts";
import { currentLinkPosition } from "../../links/trackedPosition.ts";
import { vaultUri } from "../../storage/vaultUri.ts";
import { promptExcerpt } from "../../ui/promptExcerpt.ts";
import { pathError } from "../../workspace/pathError.ts";
import { symlinkEscape } from "../../workspace/symlinkEscape.ts";
import { shownPath } from "../../workspace/workspaceFolders.ts";
import { findPicture, type VaultPicture } from "../findPicture.ts";
import type { IntentHandlers, PanelContext } from "../panelContext.ts";
import { lastDiscarded, recordDiscard, removeDiscards } from "../panelState.ts";
import { isInWorkspace } from "./editedFile.ts";
import { replaceEditedFile } from "./replaceEditedFile.ts";

/** Keeps a picture in its job's folder, or asks for a folder if that one is not open. */
async function keepPicture({ services }: PanelContext, { job, picture }: VaultPicture): Promise<string> {
  const target = isInWorkspace(job.target.folder) ? job.target : await askTarget(services, job, picture);
  return services.jobs.keep(job.taskUUID, picture, target);
}

/** Returns the URI of a file that the picture was kept as; keeps the picture if there is none. */
async function ensureKeptFile(context: PanelContext, found: VaultPicture): Promise<string> {
  for (const uri of found.picture.kept) {
    if ((await context.services.ports.files.size(uri)) !== undefined) {
      return uri;
    }
  }
  return keepPicture(context, found);
}

/** Restores a discarded picture. */
async function restoreDiscarded({ services, panelState }: PanelContext, { job, picture }: PictureRef): Promise<void> {
  await services.jobs.setMarks(job, picture, { discarded: false });
  removeDiscards(panelState, (entry) => entry.job === job && entry.picture === picture);
}

/** Intents on one picture, and on the vault. */
export const pictureIntents = {
  keep: async (context, intent) => {
    await keepPicture(context, findPicture(context, intent));
  },
  keepAs: async (context, intent) => {
    const { job, picture } = findPicture(context, intent);
    await context.services.jobs.keep(job.taskUUID, picture, await askTarget(context.services, job, picture));
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
      const file = await ensureKeptFile(context, findPicture(context, intent));
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
  star: async ({ services }, { job, picture, starred }) => services.jobs.setMarks(job, picture, { starred }),
  discard: async (context, intent) => {
    const { job, picture } = findPicture(context, intent);
    await context.services.jobs.setMarks(job.taskUUID, picture.id, { discarded: true });
    recordDiscard(context.panelState, intent);
  },
  undoDiscard: async (context) => {
    const { journal } = context.services.jobs;
    const last = lastDiscarded(
      context.panelState,
      (id) => journal.get(id),
      (file) => context.vaultIndex.has(file),
    );
    if (last !== undefined) {
      await restoreDiscarded(context, last);
    }
  },
  restore: restoreDiscarded,
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
  | "star"
  | "discard"
  | "undoDiscard"
  | "restore"
  | "cleanUp"
  | "measureVault"
>;
