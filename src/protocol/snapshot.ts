import type { Model, OutputFormat } from "../core/models/model.ts";
import type { Spending } from "../core/money/spending.ts";
import type { RequestField } from "../core/request/requestFields.ts";
import type { DraftFields } from "./draftFields.ts";
import type { Remedy } from "./intent.ts";
import type { PictureRef } from "./pictureRef.ts";

/** What the page needs to know of a model: what it can do, and its price. */
export type ModelView = Pick<
  Model,
  | "id"
  | "name"
  | "sizes"
  | "resolutions"
  | "isSizeRequired"
  | "promptMinimum"
  | "promptLimit"
  | "results"
  | "quality"
  | "ttlMinimum"
  | "formats"
  | "outputTypes"
  | "deliveryMethods"
  | "safetyModes"
  | "price"
> & { readonly summary: string; readonly references: Pick<Model["references"], "guaranteed" | "max"> };

/** The service that makes the pictures, and what is known about the money. */
export interface EngineView {
  readonly kind: "runware" | "sandbox";
  /** Whether a request can be sent now: the service in use needs no key, or has one. */
  readonly isReady: boolean;
  /** Whether a key for Runware is stored, even if the sandbox is in use. */
  readonly hasKey?: boolean;
  /** USD; absent if it is not known. */
  readonly balance?: number;
  /** Today's spending; absent if there is none. */
  readonly spendingToday?: Spending;
  /** The limits that are set; absent if there are none. */
  readonly budgets?: readonly BudgetView[];
}

/** A limit that is set. Amounts in USD. */
export interface BudgetView {
  readonly period: "perDay" | "perMonth";
  readonly limit: number;
  /** Below 0 if more was spent than the limit allows. */
  readonly remaining: number;
  /** Whether `remaining` contains no estimates. */
  readonly isExact: boolean;
}

/** A reference image of the draft. */
export interface ReferenceView {
  readonly id: string;
  readonly label: string;
  /** Absent if Runware fetches the image itself, by its address or UUID. */
  readonly file?: ReferenceFile;
}

/** A reference image that is a file. */
export interface ReferenceFile {
  /** Link to its thumbnail. */
  readonly thumbnail: string;
  /** Pixels and bytes as they will be sent. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** What the host knows of the draft; the page keeps its fields. */
export interface DraftView {
  readonly references: readonly ReferenceView[];
  /** One line on what will be sent, with notes for the user; empty without references. */
  readonly referenceNote: string;
  /** Values from the settings, for fields that the draft does not have. */
  readonly defaults: { readonly format: OutputFormat; readonly quality: number; readonly path: string };
  /** The answer to the last `previewPath`. */
  readonly savePathPreview?: SavePathPreview;
}

/** Where the pictures of a draft would be saved. */
export interface SavePathPreview {
  /** The draft's path that this is about, as typed. */
  readonly path: string;
  /** Path of the first picture, as shown to the user; empty if there is none. */
  readonly savePath: string;
  /** A sentence that says why nothing can be saved there. */
  readonly error?: string;
}

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
  readonly format?: OutputFormat;
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
  /** Such as `2720 × 1536` or `2K like the reference`. */
  readonly shape: string;
  readonly count: number;
  readonly format: OutputFormat;
  readonly references: readonly string[];
  /** Whether one of its references is a workspace file that a picture can replace. */
  readonly hasReferenceFile: boolean;
  /** Sentences on what failed, with the field of the form that caused it. */
  readonly failures: readonly { readonly message: string; readonly field?: RequestField }[];
  /** Sentences on how its pictures differ from the request; empty until all have arrived. */
  readonly notes: readonly string[];
  /** USD by the price list. */
  readonly estimate: number;
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

/** A prompt of the history, or a saved one. */
export interface PromptView {
  readonly id: string;
  /** Name of a saved prompt; absent in the history. */
  readonly name?: string;
  readonly text: string;
  /** Whether it is saved in the repository, in `.limn/prompts.json`. */
  readonly isShared: boolean;
  /** Whether it can be deleted; a prompt of the history only if its job was forgotten. */
  readonly isRemovable?: boolean;
}

/** Fields that the host puts into the draft, such as the prompt that the user chose. */
export interface DraftUpdate {
  /** Grows with each update, so that the page applies it once. */
  readonly id: number;
  readonly draft: DraftFields;
  /** Whether the fields that `draft` lacks are removed from the page's draft. */
  readonly replacesDraft?: boolean;
  /** The field that gets the focus, such as `prompt` or `size`. */
  readonly focus?: RequestField;
}

/** A press of a button that buys. */
export interface PressView {
  readonly id: string;
  /** The job that is tried again; absent for the form's own button. */
  readonly job?: string;
  /** Whether the host is done: the job or the error is in the snapshot, or the user declined. */
  readonly isHandled: boolean;
}

/** Everything that the page shows. */
export interface Snapshot {
  /** The model of the settings; the default model if Limn does not know it. */
  readonly model: ModelView;
  /** The id in the setting if Limn does not know it. */
  readonly unknownModel?: string;
  /** All models; a draft may name one of them. */
  readonly models: readonly ModelView[];
  readonly engine: EngineView;
  readonly draft: DraftView;
  /** Newest first. */
  readonly jobs: readonly JobView[];
  /** Link to the folder of thumbnails, ending in a slash. */
  readonly thumbnails: string;
  readonly history: readonly PromptView[];
  readonly saved: readonly PromptView[];
  /** Size of the vault in bytes. */
  readonly vaultBytes: number;
  readonly draftUpdate?: DraftUpdate;
  /** All presses that are not handled yet, and the last handled ones; newest last. */
  readonly presses: readonly PressView[];
  /** The picture that `undoDiscard` restores, with the number of the discard. */
  readonly lastDiscarded?: PictureRef & { readonly number: number };
  /** The page scrolls to the pictures once for each new number. */
  readonly reveal?: number;
  /** The error of the last intent, which the form shows. */
  readonly lastError?: PanelError;
}

/** An error that the form shows. */
export interface PanelError {
  readonly message: string;
  /** The field of the form that caused it. */
  readonly field?: RequestField;
  readonly remedy?: Remedy;
}

/** From host to the panel's page. */
export interface SnapshotMessage {
  readonly type: "snapshot";
  readonly snapshot: Snapshot;
}
