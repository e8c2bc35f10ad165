import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { l10n, window } from "vscode";
import type { Job, Picture } from "../../core/job.ts";
import type { FilesPort } from "../../core/ports.ts";
import { tell } from "../tell.ts";
import type { Desk } from "./desk.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { thumbnailOf } from "./thumbnails.ts";

/** Pictures of the vault that may go: put away by a person, or kept as a file that still holds the same bytes. */
export interface Spare {
  readonly discarded: readonly Picture[];
  /** Those of `discarded` that are nowhere else. */
  readonly lost: readonly Picture[];
  readonly kept: readonly Picture[];
}

/** Whether a file that the picture was kept as holds its very bytes: one that was emptied or overwritten since is no copy. */
async function hasCopy(files: FilesPort, { file = "", kept }: Picture): Promise<boolean> {
  for (const uri of kept) {
    if (await files.holds(uri, file).catch(() => false)) {
      return true;
    }
  }
  return false;
}

/** Finds them. Starred ones, and those that are only in the vault, are never among them. */
export async function findSpare(
  jobs: readonly Pick<Job, "pictures">[],
  vault: FolderIndex,
  files: FilesPort,
): Promise<Spare> {
  const discarded: Picture[] = [];
  const lost: Picture[] = [];
  const kept: Picture[] = [];
  for (const picture of jobs.flatMap(({ pictures }) => pictures)) {
    if (picture.file === undefined || picture.starred === true || !vault.has(picture.file)) {
      continue;
    }
    const isElsewhere = await hasCopy(files, picture);
    if (picture.discarded === true) {
      discarded.push(picture);
      lost.push(...(isElsewhere ? [] : [picture]));
    } else if (isElsewhere) {
      kept.push(picture);
    }
  }
  return { discarded, lost, kept };
}

/**
 * Whether a picture that was chosen to go may still go. Meanwhile it may have been restored or starred, in another window too, and the file
 * it was kept as may have been changed.
 *
 * @param now the picture as its job has it now.
 */
export async function isStillSpare(files: FilesPort, chosen: Picture, now: Picture | undefined): Promise<boolean> {
  if (now === undefined || now.starred === true) {
    return false;
  }
  return chosen.discarded === true ? now.discarded === true : hasCopy(files, now);
}

/** Removes pictures from the vault, with their thumbnails; the jobs remember them. Each is looked at again just before. */
export async function remove({ services, vault }: Desk, pictures: readonly Picture[]): Promise<void> {
  const { thumbnails, ports, jobs } = services;
  if (pictures.length === 0) {
    return;
  }
  await jobs.journal.reload();
  const current = new Map(jobs.journal.list().flatMap((job) => job.pictures.map((picture) => [picture.file, picture])));
  for (const picture of pictures) {
    const name = basename(picture.file ?? "");
    if (name !== "" && (await isStillSpare(ports.files, picture, current.get(picture.file)))) {
      await rm(join(vault.folder, name), { force: true });
      await vault.look(name);
      await thumbnails.remove(thumbnailOf(picture));
    }
  }
}

const megabytes = (bytes: number): string => l10n.t("{0} MB", (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0));

/**
 * Says with numbers what can be deleted from the vault, what of it is lost for good and what leaves the panel, and deletes what the user
 * chooses. VS Code gives the focus to the first button of a dialog and puts its own Cancel last (measured in 1.139,
 * `test/e2e/panelHands.test.ts`), so the first button is one that deletes nothing.
 */
export async function cleanUp(desk: Desk): Promise<void> {
  const { services, vault } = desk;
  const { discarded, lost, kept } = await findSpare(services.jobs.journal.list(), vault, services.ports.files);
  const size = (pictures: readonly Picture[]) =>
    megabytes(pictures.reduce((sum, { file = "" }) => sum + vault.sizeOf(file), 0));
  const both = [...discarded, ...kept];
  if (both.length === 0) {
    void tell(l10n.t("Nothing to clean up: every picture in the vault is starred, or is nowhere else."));
    return;
  }
  const choices: readonly (readonly [label: string, pictures: readonly Picture[]])[] = [
    [l10n.t("Keep Everything"), []],
    ...(discarded.length > 0 ? [[l10n.t("Delete Discarded ({0})", size(discarded)), discarded] as const] : []),
    ...(kept.length === 0
      ? []
      : discarded.length > 0
        ? [[l10n.t("Delete Discarded and Kept ({0})", size(both)), both] as const]
        : [[l10n.t("Delete Kept ({0})", size(kept)), kept] as const]),
  ];
  const detail = [
    ...(discarded.length > 0
      ? [
          l10n.t(
            "Discarded pictures: {0}, {1}. Nowhere else, and so lost for good: {2}.",
            ...[discarded.length, size(discarded), lost.length],
          ),
        ]
      : []),
    ...(kept.length > 0
      ? [
          l10n.t(
            "Kept pictures: {0}, {1}. They would leave the panel; the files you kept them as stay.",
            ...[kept.length, size(kept)],
          ),
        ]
      : []),
    l10n.t("All other pictures stay: those that are starred, and those you have neither kept nor discarded."),
    l10n.t("Deleting cannot be undone."),
  ].join("\n");
  const pressed = await window.showWarningMessage(
    l10n.t("Clean up Limn's vault of {0}?", megabytes(vault.bytes)),
    { modal: true, detail },
    ...choices.map(([label]) => label),
  );
  const chosen = choices.find(([label]) => label === pressed)?.[1] ?? [];
  await remove(desk, chosen);
  if (chosen.length > 0) {
    const gone = new Set(chosen.map(({ id }) => id));
    desk.notes.discarded.splice(0, Infinity, ...desk.notes.discarded.filter(({ picture }) => !gone.has(picture)));
  }
}
