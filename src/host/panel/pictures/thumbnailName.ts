import type { Picture } from "../../../core/jobs/job.ts";

/**
 * Thumbnail's file name, made from the vault's one since a picture id is unique in its job only.
 */
export const thumbnailName = ({ file = "" }: Pick<Picture, "file">): string => `${file.replace(/\.[^.]*$/, "")}.webp`;
