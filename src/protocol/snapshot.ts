import type { Model } from "../core/models/model.ts";
import type { Spending } from "../core/money/spending.ts";
import type { RequestField } from "../core/request/requestFields.ts";
import type { FilterCounts } from "../core/sheet/filters.ts";
import type { SheetPlace, SheetWindow } from "../core/sheet/sheetIndex.ts";
import type { DraftFields } from "./draftFields.ts";
import type { DraftView, TargetView } from "./draftView.ts";
import type { Remedy } from "./intent.ts";
import type { JobView } from "./jobView.ts";
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
  | "formats"
  | "safetyModes"
  | "price"
> & { readonly summary: string; readonly references: Pick<Model["references"], "guaranteed" | "max"> };

/** The service that makes the pictures, and what is known about the money. */
export interface EngineView {
  readonly kind: "runware" | "sandbox";
  /** The value of the setting, if it is invalid: nothing can be sent then. */
  readonly invalid?: string;
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

/** A draft of a page, and when it was changed, in milliseconds since 1970 by the page's clock. */
export interface ChangedDraft {
  readonly draft: DraftFields;
  readonly changedAt: number;
}

/** Fields that the host puts into the draft, such as the prompt that the user chose. */
export interface DraftUpdate {
  /** Grows with each update, so that the page applies it once. */
  readonly id: number;
  readonly draft: DraftFields;
  /** Whether the fields that `draft` lacks are removed from the page's draft. */
  readonly replacesDraft?: boolean;
  /**
   * When a page of the panel last changed this draft, in milliseconds since 1970. The page that
   * gets it continues it, if its own draft is older. Absent if it is not the draft of a page.
   */
  readonly changedAt?: number;
  /** The draft of a page that this one continues, if its own is older, before the update. */
  readonly continued?: ChangedDraft;
  /** The field that gets the focus, such as `prompt` or `size`. */
  readonly focus?: RequestField;
  /** Ids of the reference images that were added with it, which its undo removes. */
  readonly references?: readonly string[];
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
  /** Number of pictures of other workspaces that match search and filter, shown or not. */
  readonly elsewhere: number;
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
  /** By group; absent until the files of the projects are read. */
  readonly targets?: readonly TargetView[];
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
  /**
   * The picture that `undoDiscard` restores, with the number of the discard, its prompt, and how
   * many pictures were discarded with it and are restored too.
   */
  readonly lastDiscarded?: PictureRef & { readonly number: number; readonly prompt: string; readonly others?: number };
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
