import type { Services } from "../services.ts";
import { vaultUri } from "../storage/vaultUri.ts";
import { isKeptAs, isSameFile } from "../workspace/fileUri.ts";
import type { ExportedImage } from "./readImages.ts";

/** The parts of Limn that know the pictures of its jobs. */
export type PictureServices = Pick<Services, "jobs" | "vault">;

/**
 * The image with the focus that the user chose for it on the light table, if it is a picture of
 * Limn: a file that one was kept as, or one in the vault.
 */
export async function withChosenFocus(services: PictureServices, image: ExportedImage): Promise<ExportedImage> {
  const { journal } = services.jobs;
  await journal.ready();
  const pictures = journal.list().flatMap((job) => job.pictures);
  const isInVault = (picture: (typeof pictures)[number]) =>
    picture.focus !== undefined && isSameFile(vaultUri(services, picture), image.uri);
  const { focus } = pictures.find((picture) => isKeptAs(picture, image.uri)) ?? pictures.find(isInVault) ?? {};
  return focus === undefined ? image : { ...image, focus };
}
