import { belongsInVault, type Job, type Picture } from "../jobs/job.ts";

/** Whether the vault has a file of this name. */
type IsInVault = (file: string) => boolean;

/** Whether the picture's file should be in the vault but is not. */
export const isMissingInVault = (picture: Picture, isInVault: IsInVault): boolean =>
  belongsInVault(picture) && picture.fallbackPath === undefined && !isInVault(picture.file ?? "");

/** Whether the picture can be shown and used: its bytes are stored, and were looked at. */
export const isStored = (picture: Picture, isInVault: IsInVault): boolean =>
  picture.file !== undefined &&
  (picture.width ?? picture.otherFormat) !== undefined &&
  !isMissingInVault(picture, isInVault);

/**
 * A discarded or kept picture is hidden when its file is deleted from the vault. A picture that has
 * not arrived, or whose file is missing, is shown.
 */
const isShown = (picture: Picture, isInVault: IsInVault): boolean =>
  picture.file === undefined ||
  picture.fallbackPath !== undefined ||
  belongsInVault(picture) ||
  isInVault(picture.file);

/** The pictures of a job that the panel shows; the discarded ones, which can be restored, apart. */
export function shownPictures(
  { pictures }: Pick<Job, "pictures">,
  isInVault: IsInVault,
): { readonly shown: readonly Picture[]; readonly discarded: readonly Picture[] } {
  const present = pictures.filter((picture) => isShown(picture, isInVault));
  return {
    shown: present.filter(({ discarded }) => discarded !== true),
    discarded: present.filter(({ discarded, file }) => discarded === true && file !== undefined),
  };
}
