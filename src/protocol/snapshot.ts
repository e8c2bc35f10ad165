import type { Model, OutputFormat, OutputType } from "../core/models/model.ts";
import type { Spending } from "../core/money/spending.ts";
import type { RequestField } from "../core/request/requestFields.ts";
import type { FilterCounts } from "../core/sheet/filters.ts";
import type { SheetPlace, SheetWindow } from "../core/sheet/sheetIndex.ts";
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
  readonly defaults: {
    readonly format: OutputFormat;
    readonly quality: number;
    readonly path: string;
    readonly outputType: OutputType;
    /** Seconds that links live; 0 for as long as the service keeps them. */
    readonly ttl: number;
  };
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
  readonly format: string;
  readonly references: readonly string[];
  /** Whether one of its references is a workspace file that a picture can replace. */
  readonly hasReferenceFile: boolean;
  /** Sentences on what failed, with the field of the form that caused it. */
  readonly failures: readonly { readonly message: string; readonly field?: RequestField }[];
  /** Sentences on how its pictures differ from the request; empty until all have arrived. */
  readonly notes: readonly string[];
  /** USD by the price list of the day it began. */
  readonly estimate: number;
  /** USD by today's price list, for a failed job whose model Limn knows. */
  readonly tryAgainEstimate?: number;
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

/** The queue: jobs that have not ended or have a problem, newest first. */
export interface QueueView {
  /** Ids of the first hundred jobs. */
  readonly jobs: readonly string[];
  /** Number of all jobs of the queue. */
  readonly total: number;
  /** Number of those that this window waits for. */
  readonly waiting: number;
  /** Number of those of which nothing was sent yet. */
  readonly unsent: number;
}

/** The part of the sheet that the page asked for. */
export interface SheetView extends SheetWindow {
  /** Number of pictures that match the search, by filter. */
  readonly counts: FilterCounts;
}

/** The selected and the marked picture of the sheet, if it shows them. */
export interface SheetPlaces {
  /** Number of the last query that was answered. */
  readonly queryNumber: number;
  /** The picture that was selected, or the one that replaced it. */
  readonly selected?: SheetPlace;
  readonly marked?: PictureRef;
}

/** The prompts that match the search of the open list: saved ones first. */
export interface PromptsView {
  readonly search: string;
  readonly saved: readonly PromptView[];
  readonly history: readonly PromptView[];
  /** Number of matches that are left out. */
  readonly more: number;
}

/** What a page shows first: the form. */
export interface FormFields {
  /** The model of the settings; the default model if Limn does not know it. */
  readonly model: ModelView;
  /** All models; a draft may name one of them. */
  readonly models: readonly ModelView[];
  readonly engine: EngineView;
  readonly draft: DraftView;
  /** All presses that are not handled yet, and the last handled ones; newest last. */
  readonly presses: readonly PressView[];
  /** Link to the folder of thumbnails, ending in a slash. */
  readonly thumbnails: string;
  /** Number of saved prompts. */
  readonly savedPrompts: number;
}

/** What may be absent. */
export interface OptionalFields {
  /** The id in the setting if Limn does not know it. */
  readonly unknownModel?: string;
  readonly draftUpdate?: DraftUpdate;
  /** The error of the last intent, which the form shows. */
  readonly lastError?: PanelError;
  /** Absent while the list of prompts is closed. */
  readonly prompts?: PromptsView;
  /** Absent until the jobs are read. */
  readonly queue?: QueueView;
  /** Absent until the jobs are read and the page has asked for a part. */
  readonly sheet?: SheetView;
  readonly places?: SheetPlaces;
  /** Size of the vault in bytes; absent until it is known. */
  readonly vaultBytes?: number;
  /** The picture that `undoDiscard` restores, with the number of the discard and its prompt. */
  readonly lastDiscarded?: PictureRef & { readonly number: number; readonly prompt: string };
  /** The page scrolls to the pictures once for each new number. */
  readonly reveal?: number;
}

/** Everything that the page shows, besides the jobs that are named here. */
export interface Snapshot extends FormFields, OptionalFields {}

/** An error that the form shows. */
export interface PanelError {
  readonly message: string;
  /** The field of the form that caused it. */
  readonly field?: RequestField;
  readonly remedy?: Remedy;
}

/** From host to the panel's page: the first message to it. */
export interface SnapshotMessage {
  readonly type: "snapshot";
  readonly snapshot: Snapshot;
}

/** From host to the panel's page: what has changed since the last message. */
export interface UpdateMessage {
  readonly type: "update";
  /** Fields with their new values. */
  readonly changed: Partial<Snapshot>;
  /** Fields that are absent now. */
  readonly removed: readonly (keyof OptionalFields)[];
  /** Jobs that the page does not have yet, or that have changed. */
  readonly jobs: readonly JobView[];
  /** Ids of jobs that the page may drop. */
  readonly dropped: readonly string[];
  /** Ids of those of `jobs` that were open and have ended. */
  readonly ended: readonly string[];
}
