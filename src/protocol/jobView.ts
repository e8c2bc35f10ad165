import type { Pixels } from "../core/models/size.ts";
import type { RequestField } from "../core/request/requestFields.ts";
import type { Remedy } from "./intent.ts";

/** What helps after a failure: a command, or the request of the job in the form. */
export type JobRemedy = Remedy | "edit";

/** The state of a job. */
export type JobState = "sending" | "running" | "done" | "failed" | "unknown";

/** One picture of a job. */
export interface PictureView {
  /** Limn's own id, unique in the job. */
  readonly id: string;
  /** Runware's id; absent if the answer had none. */
  readonly imageUuid?: string;
  /** Pixels; absent until the picture has arrived. */
  readonly width?: number;
  readonly height?: number;
  readonly format?: string;
  /** Name of a format that Limn cannot show; then there are no pixels and no thumbnail. */
  readonly otherFormat?: string;
  readonly seed?: string;
  /** USD. */
  readonly cost?: number;
  /** File name of its thumbnail in `Snapshot.thumbnails`; absent until it is made. */
  readonly thumbnail?: string;
  /** A sentence that says why it could not be fetched. */
  readonly problem?: string;
  /** Paths of the files it was kept as, as shown to the user. */
  readonly kept: readonly string[];
  readonly isStarred: boolean;
  readonly isUnsafe: boolean;
  /** Whether it has transparent parts; absent if it has none. */
  readonly hasAlpha?: true;
  /** Sentences on how it differs from the request. */
  readonly notes: readonly string[];
}

/** One job with its pictures. */
export interface JobView {
  readonly id: string;
  readonly state: JobState;
  /** Whether this window polls it. */
  readonly isFollowed: boolean;
  /** Whether nothing of it was sent yet, because other jobs are sent first. */
  readonly isUnsent?: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Percent; absent if the service does not report it. */
  readonly progress?: number;
  /** Time of the last change, progress included; milliseconds since the epoch. */
  readonly lastActivityAt: number;
  readonly prompt: string;
  /** Id of the target that its pictures are for; absent if there is none. */
  readonly exportTarget?: string;
  /** What was sent after the prompt for the target; absent if nothing was. */
  readonly promptHint?: string;
  /** Such as `2720 × 1536` or `2K like the reference`. */
  readonly shape: string;
  /** Pixels that were ordered; absent if the service decides by the references. */
  readonly pixels?: Pixels;
  readonly count: number;
  readonly format: string;
  readonly references: readonly string[];
  /** Whether one of its references is a workspace file that a picture can replace. */
  readonly hasReferenceFile: boolean;
  /** Set if a reference is an image file, of the workspace or the vault, to compare with. */
  readonly hasOriginal?: true;
  /** Set if a tool has changed a file without a prompt: `prompt` is the name of the file then. */
  readonly hasNoPrompt?: true;
  /** Sentences on what failed, with the field of the form that caused it. */
  readonly failures: readonly { readonly message: string; readonly field?: RequestField }[];
  /** What helps after it failed; absent if only trying again does. */
  readonly remedy?: JobRemedy;
  /** Number of pictures that were not made, though others were; absent if there are none. */
  readonly unmade?: number;
  /** Sentences on how its pictures differ from the request; empty until all have arrived. */
  readonly notes: readonly string[];
  /** USD by the price list of the day it began. */
  readonly estimate: number;
  /**
   * USD by today's price list for what was not made: the whole job, or the pictures that are
   * missing. Absent if Limn does not know its model or one of its values.
   */
  readonly tryAgainEstimate?: number;
  /** USD by today's price list for the same request; absent if Limn does not know its values. */
  readonly makeMoreEstimate?: number;
  /** USD by today's price list for one picture in 2K; absent if its size is not of a lower tier. */
  readonly in2kEstimate?: number;
  /** USD as the service reports. */
  readonly cost?: number;
  readonly isSandbox: boolean;
  /** Name of the model, or the id of an unknown one; absent for the default model. */
  readonly model?: string;
  /** Whether pictures that did not arrive may have been billed. */
  readonly mayBeBilled: boolean;
  readonly pictures: readonly PictureView[];
  /** Discarded pictures that can be restored; absent if there are none. */
  readonly discarded?: readonly PictureView[];
}
