import { l10n } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Job, Picture } from "../../core/jobs/job.ts";
import type { Intent } from "../../protocol.ts";
import type { Services } from "../services.ts";
import type { PanelState, PictureRef } from "./panelState.ts";
import type { FolderIndex } from "./pictures/folderIndex.ts";
import type { Presses } from "./presses.ts";
import type { SavedPrompts } from "./prompts/savedPrompts.ts";

/** What intents work with. */
export interface PanelContext {
  readonly services: Services;
  readonly prompts: SavedPrompts;
  readonly vaultIndex: FolderIndex;
  readonly panelState: PanelState;
  readonly presses: Presses;
  /** Aborts when the window closes. */
  readonly closing: AbortSignal;
  /** Has the page told how things stand now. */
  refresh(): void;
  /** Begins to tell the page, which listens from now on. */
  connectPage(): Promise<void>;
  /** Reads anew what the page shows: journal, prompts, key, balance. */
  reload(): Promise<void>;
}

/** Intents by type. */
export type IntentByType = { readonly [Each in Intent as Each["type"]]: Each };

/** Does what a person wants; what it throws is told in the panel. */
export type IntentHandlers<Types extends keyof IntentByType = keyof IntentByType> = {
  readonly [Type in Types]: (context: PanelContext, intent: IntentByType[Type]) => Promise<void>;
};

/** The job the page names; throws a `LimnError` where it is not in the journal. */
export function findJob({ services }: PanelContext, id: string): Job {
  const job = services.jobs.journal.get(id);
  if (job === undefined || job.forgotten === true) {
    throw new LimnError(
      "unexpected",
      l10n.t("This job is not in the journal any more. Another window may have forgotten it."),
    );
  }
  return job;
}

/** A picture, its job, and the name of its file in the vault. */
export interface VaultPicture {
  readonly job: Job;
  readonly picture: Picture;
  readonly file: string;
}

/** The picture the page names; throws a `LimnError` where it is not there, or has not arrived. */
export function findPicture(context: PanelContext, { job: id, picture: pictureId }: PictureRef): VaultPicture {
  const job = findJob(context, id);
  const picture = job.pictures.find((known) => known.id === pictureId);
  if (picture?.file === undefined) {
    throw new LimnError("unexpected", l10n.t("This picture has not arrived. Use “Check Again” on its job."));
  }
  return { job, picture, file: picture.file };
}
