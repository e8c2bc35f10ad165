import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { l10n } from "vscode";
import type { Job, Picture } from "../../../core/jobs/job.ts";
import type { FilesPort } from "../../../core/ports.ts";
import { askInDialog, type DialogButton } from "../../ui/dialog.ts";
import { notify } from "../../ui/notify.ts";
import type { PanelContext } from "../panelContext.ts";
import { removeDiscards } from "../panelState.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { thumbnailName } from "./thumbnails.ts";

/**
 * Pictures that may be deleted from the vault: discarded, or kept as a file with the same bytes.
 */
export interface DeletablePictures {
  readonly discarded: readonly Picture[];
  /** Those of `discarded` that were not kept as a file. */
  readonly withoutCopy: readonly Picture[];
  readonly kept: readonly Picture[];
}

/** Whether a file that the picture was kept as still has the same bytes. */
async function hasCopy(files: FilesPort, { file = "", kept }: Picture): Promise<boolean> {
  for (const uri of kept) {
    if (await files.hasContentOf(uri, file).catch(() => false)) {
      return true;
    }
  }
  return false;
}

/** Finds the deletable pictures. A starred picture is never deletable. */
export async function findDeletable(
  jobs: readonly Pick<Job, "pictures">[],
  vaultIndex: FolderIndex,
  files: FilesPort,
): Promise<DeletablePictures> {
  const discarded: Picture[] = [];
  const withoutCopy: Picture[] = [];
  const kept: Picture[] = [];
  for (const picture of jobs.flatMap(({ pictures }) => pictures)) {
    if (picture.file === undefined || picture.starred === true || !vaultIndex.has(picture.file)) {
      continue;
    }
    const isKeptElsewhere = await hasCopy(files, picture);
    if (picture.discarded === true) {
      discarded.push(picture);
      withoutCopy.push(...(isKeptElsewhere ? [] : [picture]));
    } else if (isKeptElsewhere) {
      kept.push(picture);
    }
  }
  return { discarded, withoutCopy, kept };
}

/**
 * Whether a picture may still be deleted. Since the user's choice it may have been restored or
 * starred, even in another window, and the file it was kept as may have changed.
 *
 * @param now The picture as it is in its job now.
 */
export async function isStillDeletable(files: FilesPort, chosen: Picture, now: Picture | undefined): Promise<boolean> {
  if (now === undefined || now.starred === true) {
    return false;
  }
  return chosen.discarded === true ? now.discarded === true : hasCopy(files, now);
}

/**
 * Deletes pictures from the vault, with their thumbnails. The jobs still list them. Each picture is
 * checked again just before.
 */
export async function deletePictures(
  { services, vaultIndex }: PanelContext,
  pictures: readonly Picture[],
): Promise<void> {
  const { thumbnails, ports, jobs } = services;
  if (pictures.length === 0) {
    return;
  }
  await jobs.journal.reload();
  const current = new Map(jobs.journal.list().flatMap((job) => job.pictures.map((picture) => [picture.file, picture])));
  for (const picture of pictures) {
    const name = basename(picture.file ?? "");
    if (name !== "" && (await isStillDeletable(ports.files, picture, current.get(picture.file)))) {
      await rm(join(vaultIndex.folder, name), { force: true });
      await vaultIndex.refreshFile(name);
      await thumbnails.remove(thumbnailName(picture));
    }
  }
}

const formatMegabytes = (bytes: number): string => l10n.t("{0} MB", (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0));

/**
 * Shows how much can be deleted from the vault and what would be lost, and deletes what the user
 * chooses. The first button deletes nothing, because VS Code focuses it and puts its own Cancel
 * last (measured in 1.139, `test/e2e/panelInteraction.test.ts`).
 */
export async function cleanUp(context: PanelContext): Promise<void> {
  const { services, vaultIndex } = context;
  await vaultIndex.readSizes();
  const { discarded, withoutCopy, kept } = await findDeletable(
    services.jobs.journal.list(),
    vaultIndex,
    services.ports.files,
  );
  const totalSize = (pictures: readonly Picture[]) =>
    formatMegabytes(pictures.reduce((sum, { file = "" }) => sum + vaultIndex.sizeOf(file), 0));
  const allDeletable = [...discarded, ...kept];
  if (allDeletable.length === 0) {
    void notify(l10n.t("Nothing to clean up: every picture in the vault is starred, or saved nowhere else."));
    return;
  }
  const buttons: readonly DialogButton<readonly Picture[]>[] = [
    { title: l10n.t("Keep Everything"), value: [] },
    ...(discarded.length > 0
      ? [{ title: l10n.t("Delete Discarded ({0})", totalSize(discarded)), value: discarded }]
      : []),
    ...(kept.length === 0
      ? []
      : discarded.length > 0
        ? [{ title: l10n.t("Delete Discarded and Kept ({0})", totalSize(allDeletable)), value: allDeletable }]
        : [{ title: l10n.t("Delete Kept ({0})", totalSize(kept)), value: kept }]),
  ];
  const detail = [
    ...(discarded.length > 0
      ? [
          l10n.t(
            "Discarded pictures: {0}, {1}. Not saved anywhere else: {2}.",
            discarded.length,
            totalSize(discarded),
            withoutCopy.length,
          ),
        ]
      : []),
    ...(kept.length > 0
      ? [
          l10n.t(
            "Kept pictures: {0}, {1}. They would leave the panel; the files you kept them as stay.",
            kept.length,
            totalSize(kept),
          ),
        ]
      : []),
    l10n.t("All other pictures stay: those that are starred, and those you have neither kept nor discarded."),
    l10n.t("Deleting cannot be undone."),
  ].join("\n");
  const question = l10n.t("Clean up Limn's vault of {0}?", formatMegabytes(vaultIndex.bytes ?? 0));
  const chosen = (await askInDialog(question, detail, ...buttons)) ?? [];
  await deletePictures(context, chosen);
  if (chosen.length > 0) {
    const deletedIds = new Set(chosen.map(({ id }) => id));
    removeDiscards(context.panelState, ({ picture }) => deletedIds.has(picture));
  }
}
