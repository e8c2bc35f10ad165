import * as z from "zod/mini";
import { maxImageFileBytes, maxImageFileNameLength } from "../core/pictures/imageFileLimit.ts";
import { filters } from "../core/sheet/filters.ts";
import { manyActions, maxManyPictures } from "../core/sheet/manyPictures.ts";
import { maxSheetRows } from "../core/sheet/sheetRows.ts";
import { draftFieldsSchema } from "./draftFields.ts";
import { cutTextSchema, idSchema, textSchema } from "./fieldSchemas.ts";
import { pictureIntentSchemas } from "./pictureIntents.ts";
import { pictureRefFields, pictureRefSchema } from "./pictureRef.ts";

/**
 * The page makes an id for each press of a button that buys, and the host accepts each id once. So
 * a message that is sent twice buys once.
 */
const pressSchema = idSchema;

/** What the user can copy of a picture. */
const copyKindSchema = z.enum(["prompt", "seed", "imageUuid", "taskUuid", "curl", "typescript"]);

/** The only commands that the page may run. */
const pageCommandSchema = z.enum([
  "setApiKey",
  "checkKey",
  "makeDraft",
  "useRunware",
  "getKey",
  "showLog",
  "settings",
  "delivery",
  "budget",
]);

/** The command that helps after an error. */
export type Remedy = Extract<
  z.infer<typeof pageCommandSchema>,
  "setApiKey" | "getKey" | "showLog" | "settings" | "budget"
>;

const intentSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("command"), command: pageCommandSchema }),
  z.strictObject({
    type: z.literal("generate"),
    press: pressSchema,
    draft: draftFieldsSchema,
    /** Where to make the pictures, if the user chose it by the press; `ask`: they have to. */
    engine: z.optional(z.enum(["runware", "sandbox", "ask"])),
  }),
  z.strictObject({ type: z.literal("previewPath"), draft: draftFieldsSchema }),
  /** Sends the draft, for a page of the panel in another place or after a reload. */
  z.strictObject({ type: z.literal("keepDraft"), draft: draftFieldsSchema, changedAt: z.int() }),
  z.strictObject({ type: z.literal("dismissError") }),
  z.strictObject({ type: z.literal("addReferences") }),
  /** Asks for the address or UUID of an image that Runware fetches itself. */
  z.strictObject({ type: z.literal("addRemoteReference") }),
  /**
   * URIs from VS Code's explorer (`text/uri-list`). The host reads images of the workspace only.
   */
  z.strictObject({ type: z.literal("dropUris"), list: textSchema }),
  /** A picture pasted or dropped from outside VS Code. */
  z.strictObject({
    type: z.literal("dropImage"),
    name: z.string().check(z.maxLength(maxImageFileNameLength)),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= maxImageFileBytes),
  }),
  z.strictObject({ type: z.literal("moveReference"), id: idSchema, to: z.int().check(z.minimum(0), z.maximum(20)) }),
  z.strictObject({ type: z.literal("removeReference"), id: idSchema }),
  z.strictObject({ type: z.literal("stopWaiting"), job: z.optional(idSchema) }),
  /** Withdraws one job that was not sent yet, or all such jobs; sent jobs continue. */
  z.strictObject({ type: z.literal("withdraw"), job: z.optional(idSchema) }),
  z.strictObject({ type: z.literal("copyTaskUuid"), job: idSchema }),
  z.strictObject({ type: z.literal("checkAgain"), job: idSchema }),
  z.strictObject({ type: z.literal("tryAgain"), press: pressSchema, job: idSchema }),
  /** Sends the request of a job once more; or for one picture, with the size of the tier 2K. */
  z.strictObject({ type: z.literal("makeMore"), press: pressSchema, job: idSchema, in2k: z.boolean() }),
  /** Buys the pictures of a job that were not made, though others were. */
  z.strictObject({ type: z.literal("makeUnmade"), press: pressSchema, job: idSchema }),
  z.strictObject({ type: z.literal("dismissUnmade"), job: idSchema }),
  z.strictObject({ type: z.literal("forget"), job: idSchema }),
  z.strictObject({ type: z.literal("reuse"), job: idSchema }),
  ...pictureIntentSchemas,
  z.strictObject({ type: z.literal("keepAs"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("open"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("copy"), ...pictureRefFields, what: copyKindSchema }),
  /** Does the same with several pictures, as one action with one result. */
  z.strictObject({
    type: z.literal("actOnMany"),
    action: z.enum(manyActions),
    pictures: z.array(pictureRefSchema).check(z.minLength(1), z.maxLength(maxManyPictures)),
  }),
  /** Restores the picture that was discarded last, or those that were discarded with it. */
  z.strictObject({ type: z.literal("undoDiscard") }),
  z.strictObject({ type: z.literal("cleanUp") }),
  /** Asks for the size of the vault, which takes a look at each of its files. */
  z.strictObject({ type: z.literal("measureVault") }),
  /**
   * Asks for a part of the sheet, from now on. `queryNumber` grows with each, so that the page
   * knows which one was answered.
   */
  z.strictObject({
    type: z.literal("showSheet"),
    queryNumber: z.int(),
    text: cutTextSchema,
    filter: z.enum(filters),
    everywhere: z.optional(z.boolean()),
    columns: z.int().check(z.minimum(1), z.maximum(200)),
    first: z.int().check(z.minimum(0)),
    count: z.int().check(z.minimum(1), z.maximum(maxSheetRows)),
    anchor: z.optional(pictureRefSchema),
    selected: z.optional(z.strictObject({ ...pictureRefFields, tile: z.optional(z.int().check(z.minimum(0))) })),
    marked: z.optional(pictureRefSchema),
  }),
  /** Asks for the prompts with these words, from now on; for none without `search`. */
  z.strictObject({ type: z.literal("findPrompts"), search: z.optional(textSchema) }),
  z.strictObject({ type: z.literal("usePrompt"), id: idSchema }),
  z.strictObject({ type: z.literal("savePrompt"), text: textSchema }),
  z.strictObject({ type: z.literal("renamePrompt"), id: idSchema }),
  z.strictObject({ type: z.literal("deletePrompt"), id: idSchema }),
]);

/** A message from page to host: what the user wants. */
export type Intent = z.infer<typeof intentSchema>;

/** Reads a message of the page; returns `undefined` if it is not a valid intent. */
export const parseIntent = (value: unknown): Intent | undefined => intentSchema.safeParse(value).data;

const pressOnlySchema = z.object({
  type: z.enum(["generate", "tryAgain", "makeUnmade", "makeMore"]),
  press: pressSchema,
});

/**
 * Returns the press id of a message that would buy but is not a valid intent. The page waits for an
 * answer to the press.
 */
export const parsePressOnly = (value: unknown): string | undefined => pressOnlySchema.safeParse(value).data?.press;
