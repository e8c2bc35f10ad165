import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Job, Picture } from "../../../core/jobs/job.ts";
import type { FilesPort } from "../../../core/ports.ts";
import type { PanelContext } from "../panelContext.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { thumbnailName } from "./thumbnailName.ts";

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
