import { commands, env, l10n, Uri, workspace } from "vscode";
import { asCurl, asTypeScript } from "../../core/asCode.ts";
import { LimnError } from "../../core/errors.ts";
import type { Model } from "../../core/model.ts";
import { vaultUri } from "../choose.ts";
import { currentOrigin, insertLink } from "../insertLink.ts";
import { askTarget } from "../keepAs.ts";
import { excerpt } from "../purchase.ts";
import { cleanUp } from "./cleanUp.ts";
import { type Desk, type Found, findPicture, type Handlers, type Intents } from "./desk.ts";
import { editedFile } from "./jobView.ts";
import { lastDiscarded, noteDiscarded, type PictureRef } from "./notes.ts";
import { replaceImage } from "./replace.ts";

const inWorkspace = (uri: string): boolean => workspace.getWorkspaceFolder(Uri.parse(uri)) !== undefined;

/** Keeps a picture where its job wants it; where that is not in a folder that is open, a person is asked. */
async function keepPicture({ services }: Desk, { job, picture }: Found): Promise<string> {
  const target = inWorkspace(job.target.folder) ? job.target : await askTarget(services, job, picture);
  return services.jobs.keep(job.taskUUID, picture, target);
}

/** A file of the workspace that holds the picture: one it was kept as, or a new one. */
async function keptFile(desk: Desk, found: Found): Promise<string> {
  for (const uri of found.picture.kept) {
    if ((await desk.services.ports.files.size(uri)) !== undefined) {
      return uri;
    }
  }
  return keepPicture(desk, found);
}

async function bytesOf({ services }: Desk, { file }: Found): Promise<Uint8Array> {
  const bytes = await services.ports.vault.read(file);
  if (bytes === undefined) {
    throw new LimnError("files", l10n.t("The picture is not in Limn's vault any more. Use “Check Again” on its job."));
  }
  return bytes;
}

/** What can be copied of a picture. */
const copies = {
  prompt: ({ job }) => job.request.prompt,
  seed: ({ picture }) => picture.seed ?? "",
  imageUuid: ({ picture }) => picture.imageUUID ?? "",
  taskUuid: ({ job }) => job.taskUUID,
  curl: ({ job }, model, uuid) => asCurl(job, model, uuid),
  typescript: ({ job }, model) => asTypeScript(job, model),
} as const satisfies Readonly<Record<Intents["copy"]["what"], (found: Found, model: Model, uuid: string) => string>>;

/** Takes a discard back, whenever it was done. */
async function restore({ services, notes }: Desk, { job, picture }: PictureRef): Promise<void> {
  await services.jobs.mark(job, picture, { discarded: false });
  notes.discarded.splice(0, Infinity, ...notes.discarded.filter((one) => one.job !== job || one.picture !== picture));
}

/** The sheet: what can be done with a picture. */
export const pictureIntents = {
  keep: async (desk, intent) => {
    await keepPicture(desk, findPicture(desk, intent));
  },
  keepAs: async (desk, intent) => {
    const { job, picture } = findPicture(desk, intent);
    await desk.services.jobs.keep(job.taskUUID, picture, await askTarget(desk.services, job, picture));
  },
  replace: async (desk, intent) => {
    const found = findPicture(desk, intent);
    const source = editedFile(found.job, { inWorkspace });
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
    await replaceImage(desk.services, Uri.parse(source), await bytesOf(desk, found));
  },
  open: async (desk, intent) => {
    await commands.executeCommand("vscode.open", vaultUri(desk.services, findPicture(desk, intent).picture));
  },
  insertLink: async (desk, intent) => {
    // Taken at once: the user may go on while a place to keep the picture is asked for.
    const origin = currentOrigin();
    try {
      const file = await keptFile(desk, findPicture(desk, intent));
      await insertLink(desk.services, [Uri.parse(file)], origin);
    } finally {
      origin?.dispose();
    }
  },
  useAsReference: async (desk, intent) => {
    const found = findPicture(desk, intent);
    const label = excerpt(found.job.request.prompt);
    await desk.services.references.add([{ uri: vaultUri(desk.services, found.picture), label }]);
  },
  copy: async (desk, intent) => {
    const { model, ports } = desk.services;
    await env.clipboard.writeText(copies[intent.what](findPicture(desk, intent), model, ports.uuid()));
  },
  star: async ({ services }, { job, picture, starred }) => services.jobs.mark(job, picture, { starred }),
  discard: async (desk, intent) => {
    const { job, picture } = findPicture(desk, intent);
    await desk.services.jobs.mark(job.taskUUID, picture.id, { discarded: true });
    noteDiscarded(desk.notes, intent);
  },
  undoDiscard: async (desk) => {
    const last = lastDiscarded(desk.notes, desk.services.jobs.journal.list(), (file) => desk.vault.has(file));
    if (last !== undefined) {
      await restore(desk, last);
    }
  },
  restore,
  cleanUp,
} as const satisfies Handlers<
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
