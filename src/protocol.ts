/**
 * What may pass between the panel's page and the host.
 *
 * Down goes one whole `Snapshot`, on `ready` and on every change. Up come intents, checked by
 * `parseIntent`; a wrong one is dropped and logged. The page names a job and a picture, never a
 * path; it keeps only its draft.
 */

import * as z from "zod/mini";
import type { Model, OutputFormat } from "./core/models/model.ts";
import type { Spending } from "./core/money/spending.ts";
import { maxImageFileBytes } from "./core/pictures/imageFileLimit.ts";

/** What the page needs of a model to offer only what is possible, and to tell the estimate. */
export type ModelView = Pick<
  Model,
  | "name"
  | "sizes"
  | "resolutions"
  | "promptLimit"
  | "results"
  | "quality"
  | "ttlMinimum"
  | "formats"
  | "outputTypes"
  | "deliveryMethods"
  | "price"
> & { readonly references: Pick<Model["references"], "guaranteed" | "max"> };

/** Who makes the pictures, and what is known of the money. */
export interface EngineView {
  readonly kind: "runware" | "sandbox";
  /** Whether requests can be sent as things are. */
  readonly isReady: boolean;
  /** Whether there is a key for Runware, in use or not. */
  readonly hasKey?: boolean;
  /** USD; absent where it is not known. */
  readonly balance?: number;
  /**
   * Money of today by how sure it is, as `core/money/spending.ts` has it; absent where there is
   * none.
   */
  readonly today?: Spending;
  /** The limits that are set; absent where there are none. */
  readonly budgets?: readonly BudgetView[];
}

/** A limit that is set. US dollars. */
export interface BudgetView {
  readonly period: "perDay" | "perMonth";
  readonly limit: number;
  /** Below 0 where more was spent than is allowed now. */
  readonly remaining: number;
  /** Whether no estimate was taken off. */
  readonly isExact: boolean;
}

/** A reference image of the draft. */
export interface ReferenceView {
  readonly id: string;
  readonly label: string;
  /**
   * What is known of a file; absent if Runware gets the image by itself, by its address or UUID.
   */
  readonly file?: ReferenceFile;
}

/** A file among the references. */
export interface ReferenceFile {
  /** Link to a small picture. */
  readonly thumbnail: string;
  /** Pixels and bytes as they will leave the machine. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** What the host knows of the draft; the text of it lives in the page. */
export interface DraftView {
  readonly references: readonly ReferenceView[];
  /**
   * One line on what will leave the machine, with what a person should know of it; empty without
   * references.
   */
  readonly referenceNote: string;
  /** The size nearest to the first reference. */
  readonly nearestSize?: { readonly width: number; readonly height: number };
  /** Defaults from the settings, for a draft that has none yet. */
  readonly defaults: { readonly format: OutputFormat; readonly quality: number; readonly path: string };
  /** The path last asked about by `previewPath`, and what would come of it. */
  readonly target?: { readonly asked: string; readonly shown: string; readonly error?: string };
}

/** How a job stands. */
export type JobState = "sending" | "running" | "done" | "failed" | "unknown";

/** One picture of a job. */
export interface PictureView {
  /** Limn's own name for it, unique in the job. */
  readonly id: string;
  /** What Runware knows it by; absent if the answer did not say. */
  readonly imageUuid?: string;
  /** Pixels; absent until it has arrived. */
  readonly width?: number;
  readonly height?: number;
  readonly format?: OutputFormat;
  /**
   * Name of its format, if that is one that Limn cannot show; there are no pixels and no thumbnail
   * then.
   */
  readonly otherFormat?: string;
  readonly seed?: string;
  /** USD. */
  readonly cost?: number;
  /** Name of its thumbnail below `Snapshot.thumbnails`; absent until it is made. */
  readonly thumbnail?: string;
  /** Why it could not be fetched. */
  readonly problem?: string;
  /** Paths, as shown, of the files it was kept as. */
  readonly kept: readonly string[];
  readonly isStarred: boolean;
  readonly isUnsafe: boolean;
  /** Sentences on what of it is not as it was asked for. */
  readonly notes: readonly string[];
}

/** One job with its pictures; newest first in the snapshot. */
export interface JobView {
  readonly id: string;
  readonly state: JobState;
  /** Whether this window waits for it. */
  readonly isFollowed: boolean;
  /** Whether it waits for other jobs to be sent: nothing of it was sent yet. */
  readonly isUnsent?: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Percent, where the service says. */
  readonly progress?: number;
  /** When something of it changed last, be it the progress; milliseconds since the epoch. */
  readonly lastActivityAt: number;
  readonly prompt: string;
  /** Pixels, or how the reference decides: `2720 × 1536`, `2K like the reference`. */
  readonly shape: string;
  readonly count: number;
  readonly format: OutputFormat;
  readonly references: readonly string[];
  /** Whether one of its references is a file it can be compared with or put in place of. */
  readonly hasReferenceFile: boolean;
  /** Sentences on what failed, with the field of the form they are about. */
  readonly failures: readonly { readonly message: string; readonly field?: string }[];
  /**
   * Sentences on what of its pictures is not as it was asked for; empty while some are still to
   * come.
   */
  readonly notes: readonly string[];
  /** USD before the fact. */
  readonly estimate: number;
  /** USD as the service says. */
  readonly cost?: number;
  readonly isSandbox: boolean;
  /** Whether money may have been taken for results that did not come. */
  readonly mayBeBilled: boolean;
  readonly pictures: readonly PictureView[];
  /** Those that were discarded and can be brought back; absent if there are none. */
  readonly discarded?: readonly PictureView[];
}

/** A prompt that was used, or one that was saved. */
export interface PromptView {
  readonly id: string;
  /** Name of a saved prompt; absent in the history. */
  readonly name?: string;
  readonly text: string;
  /** Whether it lives in the repository, in `.limn/prompts.json`. */
  readonly isShared: boolean;
  /** Whether it can be taken out of the history: its job was forgotten. */
  readonly isRemovable?: boolean;
}

/**
 * Fields put into the draft: by a recipe, a prompt, or a command. Each has a number, so that it is
 * taken once.
 */
export interface DraftUpdate {
  readonly id: number;
  readonly draft: DraftFields;
  /**
   * Whether fields that it does not have are taken out of the draft: it stands for all settings of
   * a job.
   */
  readonly replacesDraft?: boolean;
  /** The field to put the focus on, such as `prompt` or `size`. */
  readonly focus?: string;
}

/** A press of a button that buys, as the host knows it. */
export interface PressView {
  readonly id: string;
  /** The job that is tried again; absent for the form's button. */
  readonly job?: string;
  /** Whether the host is done: the snapshot has the job or the trouble, or the user declined. */
  readonly isHandled: boolean;
}

/** All that the page shows. */
export interface Snapshot {
  readonly model: ModelView;
  readonly engine: EngineView;
  readonly draft: DraftView;
  readonly jobs: readonly JobView[];
  /** Link to the folder of thumbnails, ending in a slash. */
  readonly thumbnails: string;
  readonly history: readonly PromptView[];
  readonly saved: readonly PromptView[];
  /** Bytes of the vault. */
  readonly vaultBytes: number;
  readonly draftUpdate?: DraftUpdate;
  /**
   * The last presses of buttons that buy, the newest at the end, with all that are not handled yet.
   */
  readonly presses: readonly PressView[];
  /**
   * The discarded picture that `undoDiscard` brings back, with a number of its own; absent if there
   * is none.
   */
  readonly lastDiscarded?: { readonly number: number; readonly job: string; readonly picture: string };
  /**
   * Set when the user asked to see the pictures: the page scrolls to them, once for each number.
   */
  readonly reveal?: number;
  /**
   * A sentence about the last thing that was asked for and could not be done, shown in the form
   * with what helps.
   */
  readonly lastError?: { readonly message: string; readonly field?: string; readonly remedy?: Remedy };
}

/** From host to page. */
export interface SnapshotMessage {
  readonly type: "snapshot";
  readonly snapshot: Snapshot;
}

/** One picture of a compare tab. */
export interface ComparedPicture {
  /** What a person knows it by. */
  readonly label: string;
  /** Link to its bytes; absent where they could not be read. */
  readonly link?: string;
  /** Why not, in a sentence. */
  readonly problem?: string;
}

/**
 * From host to the page of a compare tab, on each `ready` of it: that page knows no other intent.
 */
export interface ComparisonMessage {
  readonly type: "comparison";
  readonly left: ComparedPicture;
  readonly right: ComparedPicture;
}

const idSchema = z.string().check(z.maxLength(80), z.regex(/^[\w-]+$/));
const textSchema = z.string().check(z.maxLength(20_000));
const pathSchema = z.string().check(z.maxLength(1000));

const shapeSchema = z.union([
  z.strictObject({ width: z.int(), height: z.int() }),
  z.strictObject({ resolution: z.enum(["1k", "2k"]) }),
  /** No size at all: the service decides from the references. */
  z.literal("like-reference"),
]);

/** The draft as the page keeps it. Every field may be missing. */
const draftSchema = z.strictObject({
  prompt: z.optional(textSchema),
  shape: z.optional(shapeSchema),
  count: z.optional(z.int()),
  format: z.optional(z.enum(["JPG", "PNG", "WEBP"])),
  quality: z.optional(z.int()),
  /** Where to save, as in the flow: `images/{slug}.jpg`. */
  path: z.optional(pathSchema),
  safety: z.optional(z.enum(["off", "fast"])),
  ttl: z.optional(z.int()),
  outputType: z.optional(z.enum(["URL", "base64Data", "dataURI"])),
  deliveryMethod: z.optional(z.enum(["sync", "async"])),
});

/** The draft's fields. */
export type DraftFields = z.infer<typeof draftSchema>;

/**
 * The page makes an id for each press of a button that buys, and the host accepts each once. So
 * nothing that a page sends twice is bought twice.
 */
const pressSchema = idSchema;

const pictureRefFields = { job: idSchema, picture: idSchema };

/**
 * The type under which the page puts one of its pictures into a drag, for the text editor it is
 * dropped on.
 */
export type DragType = "application/vnd.limn.picture+json";

const draggedSchema = z.strictObject(pictureRefFields);

/** What the page says of that picture, as JSON. */
export type DraggedPicture = z.infer<typeof draggedSchema>;

/** Reads what claims to be a dragged picture; `undefined` where it is none. */
export const parseDragged = (value: unknown): DraggedPicture | undefined => draggedSchema.safeParse(value).data;

/** What can be copied of a picture. */
const copyKindSchema = z.enum(["prompt", "seed", "imageUuid", "taskUuid", "curl", "typescript"]);

/** Commands the page may run, by their meaning. */
const pageCommandSchema = z.enum([
  "setApiKey",
  "checkKey",
  "trySandbox",
  "useRunware",
  "getKey",
  "showLog",
  "settings",
  "delivery",
  "budget",
]);

/** The one of them that helps out of trouble. */
export type Remedy = Extract<
  z.infer<typeof pageCommandSchema>,
  "setApiKey" | "getKey" | "showLog" | "settings" | "budget"
>;

const intentSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("command"), command: pageCommandSchema }),
  z.strictObject({ type: z.literal("generate"), press: pressSchema, draft: draftSchema }),
  z.strictObject({ type: z.literal("previewPath"), draft: draftSchema }),
  z.strictObject({ type: z.literal("dismissTrouble") }),
  z.strictObject({ type: z.literal("addReferences") }),
  /** Asks for the address or UUID of an image that Runware gets by itself. */
  z.strictObject({ type: z.literal("addRemoteReference") }),
  /**
   * URIs that VS Code's explorer put into a drop, one a line (`text/uri-list`). The host reads
   * images of the workspace only.
   */
  z.strictObject({ type: z.literal("dropUris"), list: textSchema }),
  /** A picture pasted or dropped from outside; at most 100 MB. */
  z.strictObject({
    type: z.literal("dropImage"),
    name: z.string().check(z.maxLength(255)),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= maxImageFileBytes),
  }),
  z.strictObject({ type: z.literal("moveReference"), id: idSchema, to: z.int().check(z.minimum(0), z.maximum(20)) }),
  z.strictObject({ type: z.literal("removeReference"), id: idSchema }),
  z.strictObject({ type: z.literal("stopWaiting"), job: z.optional(idSchema) }),
  /** Takes back one job that was not sent yet, or all of them; those that were sent go on. */
  z.strictObject({ type: z.literal("withdraw"), job: z.optional(idSchema) }),
  z.strictObject({ type: z.literal("copyTaskUuid"), job: idSchema }),
  z.strictObject({ type: z.literal("checkAgain"), job: idSchema }),
  z.strictObject({ type: z.literal("tryAgain"), press: pressSchema, job: idSchema }),
  z.strictObject({ type: z.literal("forget"), job: idSchema }),
  z.strictObject({ type: z.literal("reuse"), job: idSchema }),
  z.strictObject({ type: z.literal("keep"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("keepAs"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("replace"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("open"), ...pictureRefFields }),
  z.strictObject({
    type: z.literal("compare"),
    ...pictureRefFields,
    with: z.optional(z.strictObject(pictureRefFields)),
  }),
  z.strictObject({ type: z.literal("insertLink"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("useAsReference"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("copy"), ...pictureRefFields, what: copyKindSchema }),
  z.strictObject({ type: z.literal("star"), ...pictureRefFields, starred: z.boolean() }),
  z.strictObject({ type: z.literal("discard"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("undoDiscard") }),
  z.strictObject({ type: z.literal("restore"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("cleanUp") }),
  z.strictObject({ type: z.literal("usePrompt"), id: idSchema }),
  z.strictObject({ type: z.literal("savePrompt"), text: textSchema }),
  z.strictObject({ type: z.literal("renamePrompt"), id: idSchema }),
  z.strictObject({ type: z.literal("deletePrompt"), id: idSchema }),
]);

/** From page to host: what a person wants. */
export type Intent = z.infer<typeof intentSchema>;

/** Reads what claims to be an intent; `undefined` where it is none. */
export const parseIntent = (value: unknown): Intent | undefined => intentSchema.safeParse(value).data;

const pressOnlySchema = z.object({ type: z.enum(["generate", "tryAgain"]), press: pressSchema });

/**
 * The press in a message that should buy and is no intent otherwise: the page waits for an answer
 * to it.
 */
export const parsePressOnly = (value: unknown): string | undefined => pressOnlySchema.safeParse(value).data?.press;
