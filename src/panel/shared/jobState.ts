import type { JobView, PictureView } from "../../protocol.ts";

/** Whether the service may still deliver something for this job. */
export const isOpen = ({ state }: JobView): boolean => state === "sending" || state === "running";

/** Whether this window waits for the job. */
export const isWaitedFor = (job: JobView): boolean => isOpen(job) && job.isFollowed;

/** Whether the job waits for others to be sent: until then it can be withdrawn at no cost. */
export const isUnsent = (job: JobView): boolean => isWaitedFor(job) && job.isUnsent === true;

/** Whether the bytes of the picture are in the vault. */
export const isStored = ({ width, otherFormat }: PictureView): boolean => (width ?? otherFormat) !== undefined;

/** Pictures of a finished job whose bytes are not in the vault. */
export const missingPictures = (job: JobView): readonly PictureView[] =>
  job.state === "done" ? job.pictures.filter((picture) => !isStored(picture)) : [];
