import { commands, env, l10n, Uri, workspace } from "vscode";
import { LimnError } from "../../../core/errors.ts";
import type { Model } from "../../../core/models/model.ts";
import { toCurl, toTypeScript } from "../../../core/request/codeSnippet.ts";
import { askTarget } from "../../commands/keepAs.ts";
import { insertLink } from "../../links/insertLink.ts";
import { currentLinkPosition } from "../../links/trackedPosition.ts";
import { vaultUri } from "../../storage/vaultUri.ts";
import { promptExcerpt } from "../../ui/promptExcerpt.ts";
import { editedFile } from "../jobView.ts";
import {
  findPicture,
  type IntentByType,
  type IntentHandlers,
  type PanelContext,
  type VaultPicture,
} from "../panelContext.ts";
import { lastDiscarded, type PictureRef, recordDiscard } from "../panelState.ts";
import { cleanUp } from "./cleanUp.ts";
import { replaceImage } from "./replaceImage.ts";

const isInWorkspace = (uri: string): boolean => workspace.getWorkspaceFolder(Uri.parse(uri)) !== undefined;

/**
 * Keeps a picture where its job wants it; where that is not in a folder that is open, a person is
 * asked.
 */
async function keepPicture({ services }: PanelContext, { job, picture }: VaultPicture): Promise<string> {
  const target = isInWorkspace(job.target.folder) ? job.target : await askTarget(services, job, picture);
  return services.jobs.keep(job.taskUUID, picture, target);
}

/** A file of the workspace that holds the picture: one it was kept as, or a new one. */
async function ensureKeptFile(context: PanelContext, found: VaultPicture): Promise<string> {
  for (const uri of found.picture.kept) {
    if ((await context.services.ports.files.size(uri)) !== undefined) {
      return uri;
    }
  }
  return keepPicture(context, found);
}

async function readVaultPicture({ services }: PanelContext, { file }: VaultPicture): Promise<Uint8Array> {
  const bytes = await services.ports.vault.read(file);
  if (bytes === undefined) {
    throw new LimnError("files", l10n.t("The picture is not in Limn's vault any more. Use “Check Again” on its job."));
  }
  return bytes;
}

/** What can be copied of a picture. */
const copyTexts = {
  prompt: ({ job }) => job.request.prompt,
  seed: ({ picture }) => picture.seed ?? "",
  imageUuid: ({ picture }) => picture.imageUUID ?? "",
  taskUuid: ({ job }) => job.taskUUID,
  curl: ({ job }, model, uuid) => toCurl(job, model, uuid),
  typescript: ({ job }, model) => toTypeScript(job, model),
} as const satisfies Readonly<
  Record<IntentByType["copy"]["what"], (found: VaultPicture, model: Model, uuid: string) => string>
>;

/** Takes a discard back, whenever it was done. */
async function restoreDiscarded({ services, panelState }: PanelContext, { job, picture }: PictureRef): Promise<void> {
  await services.jobs.setMarks(job, picture, { discarded: false });
  panelState.discarded.splice(
    0,
    Infinity,
    ...panelState.discarded.filter((entry) => entry.job !== job || entry.picture !== picture),
  );
}

/** The sheet: what can be done with a picture. */
export const pictureIntents = {
  keep: async (context, intent) => {
    await keepPicture(context, findPicture(context, intent));
  },
  keepAs: async (context, intent) => {
    const { job, picture } = findPicture(context, intent);
    await context.services.jobs.keep(job.taskUUID, picture, await askTarget(context.services, job, picture));
  },
  replace: async (context, intent) => {
    const found = findPicture(context, intent);
    const source = editedFile(found.job, { isInWorkspace });
    if (source === undefined) {
      throw new LimnError("files", l10n.t("This picture was not made from a file of the folder that is open."));
    }
    if (found.picture.otherFormat !== undefined) {
      throw new LimnError(
        "files",
        l10n.t(
          "A {0} file, which Limn cannot show, cannot replace an image. Keep it instead.",
          found.picture.otherFormat,
        ),
      );
    }
    await replaceImage(context.services, Uri.parse(source), await readVaultPicture(context, found));
  },
  open: async (context, intent) => {
    await commands.executeCommand("vscode.open", vaultUri(context.services, findPicture(context, intent).picture));
  },
  insertLink: async (context, intent) => {
    // Taken at once: the user may go on while a place to keep the picture is asked for.
    const origin = currentLinkPosition();
    try {
      const file = await ensureKeptFile(context, findPicture(context, intent));
      await insertLink(context.services, [Uri.parse(file)], origin);
    } finally {
      origin?.dispose();
    }
  },
  useAsReference: async (context, intent) => {
    const found = findPicture(context, intent);
    const label = promptExcerpt(found.job.request.prompt);
    await context.services.draftReferences.add([{ uri: vaultUri(context.services, found.picture), label }]);
  },
  copy: async (context, intent) => {
    const { model, ports } = context.services;
    await env.clipboard.writeText(copyTexts[intent.what](findPicture(context, intent), model, ports.uuid()));
  },
  star: async ({ services }, { job, picture, starred }) => services.jobs.setMarks(job, picture, { starred }),
  discard: async (context, intent) => {
    const { job, picture } = findPicture(context, intent);
    await context.services.jobs.setMarks(job.taskUUID, picture.id, { discarded: true });
    recordDiscard(context.panelState, intent);
  },
  undoDiscard: async (context) => {
    const last = lastDiscarded(context.panelState, context.services.jobs.journal.list(), (file) =>
      context.vaultIndex.has(file),
    );
    if (last !== undefined) {
      await restoreDiscarded(context, last);
    }
  },
  restore: restoreDiscarded,
  cleanUp,
} as const satisfies IntentHandlers<
  | "keep"
  | "keepAs"
  | "replace"
  | "open"
  | "insertLink"
  | "useAsReference"
  | "copy"
  | "star"
  | "discard"
  | "undoDiscard"
  | "restore"
  | "cleanUp"
>;
