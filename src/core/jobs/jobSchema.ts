import * as z from "zod/mini";
import { errorKinds } from "../errors.ts";
import { canonicalUri } from "../files/uri.ts";

/** A share of a side of a picture, 0 to 1. */
const shareSchema = z.number().check(z.minimum(0), z.maximum(1));

/** A picture of a job: where its bytes are, what is known of it, and where it was kept. */
const pictureSchema = z.looseObject({
  /** Limn's own id, see `pictureId.ts`; absent in files of earlier versions. */
  id: z.catch(z.optional(z.string().check(z.regex(/^[\w-]{1,80}$/))), undefined),
  /**
   * The service's id as received: it may be anything, and several pictures may have the same.
   * Absent if the service sent none.
   */
  imageUUID: z.optional(z.string()),
  /** Link at the service; absent if the answer contained the bytes. */
  url: z.optional(z.string()),
  /** SHA-256 of the bytes, if the answer contained them. */
  digest: z.optional(z.string()),
  /** Decimal digits, because seeds may exceed 2^53. */
  seed: z.optional(z.string()),
  /** USD, from the service. Earlier versions stored any number: read it with `plausibleCost`. */
  cost: z.optional(z.number()),
  /** USD from the service, if the amount is not plausible: shown to the user, never counted. */
  claimedCost: z.optional(z.number()),
  unsafe: z.optional(z.boolean()),
  /** File name in the vault; absent until the bytes are there. */
  file: z.optional(z.string()),
  /** Real pixels and format, read from the bytes. */
  width: z.optional(z.number()),
  height: z.optional(z.number()),
  format: z.optional(z.string()),
  /**
   * Whether it has transparent parts; absent or false if it has none. Until its pixels were looked
   * at, and in files of earlier versions, true for any alpha channel.
   */
  hasAlpha: z.optional(z.boolean()),
  /**
   * Name of its format, if Limn stores but cannot show it; then `format` and the pixels are absent.
   */
  otherFormat: z.optional(z.string()),
  /** The reason why the bytes could not be stored, as a message. */
  problem: z.optional(z.string()),
  /** URIs of the files it was kept as. */
  kept: z.array(z.pipe(z.string(), z.transform(canonicalUri))),
  /**
   * When it was last kept, in milliseconds since the epoch; absent in files of earlier versions.
   */
  keptAt: z.optional(z.number()),
  /** Whether the user starred it. */
  starred: z.optional(z.boolean()),
  /** Whether the user discarded it: hidden, and in the vault until the next clean-up. */
  discarded: z.optional(z.boolean()),
  /** What the user wants in the middle of the crops for its target; absent: what draws the eye. */
  focus: z.catch(z.optional(z.object({ x: shareSchema, y: shareSchema })), undefined),
  /**
   * When the marks above were last changed, in milliseconds since the epoch: if windows differ, the
   * later change counts.
   */
  markedAt: z.optional(
    z.looseObject({
      starred: z.optional(z.number()),
      discarded: z.optional(z.number()),
      focus: z.optional(z.number()),
    }),
  ),
  /**
   * Path of its file in a fallback folder, if the vault could not be written; absent once it is in
   * the vault.
   */
  fallbackPath: z.optional(z.string()),
});

/** One picture of a job. Its `id` is unique in the job. */
export type Picture = z.infer<typeof pictureSchema> & { readonly id: string };

/**
 * Derives the id of a picture without one from the service's id, as earlier versions did for file
 * names.
 */
function withIds(pictures: z.infer<typeof pictureSchema>[]): Picture[] {
  const taken = new Set<string>();
  return pictures.map((picture, index) => {
    const name = picture.id ?? (picture.imageUUID ?? "").replace(/[^\w-]/g, "_").slice(0, 64);
    const id = name === "" || taken.has(name) ? `${name}-${index + 1}` : name;
    taken.add(id);
    return { ...picture, id };
  });
}

const storedPictures = z.array(pictureSchema);
const picturesWithIds = z.transform(withIds);

const failureSchema = z.looseObject({
  code: z.string(),
  /** A message for the user. */
  message: z.string(),
  field: z.optional(z.string()),
  /** What it is about; absent in files of earlier versions. */
  kind: z.catch(z.optional(z.enum(errorKinds)), undefined),
  /**
   * Whether it may have cost money, decided when it was stored; absent in files of earlier
   * versions.
   */
  billed: z.optional(z.enum(["no", "maybe"])),
});

/** One result that was not made, or the refusal of the whole task. */
export type Failure = z.infer<typeof failureSchema>;

const shapeSchema = z.union([
  z.object({ width: z.number(), height: z.number() }),
  z.object({ resolution: z.string() }),
  z.literal("like-reference"),
]);

/**
 * The content of a job file. Tier, format, output type, delivery method and safety mode may be any
 * text, because a later version may know more of them: `knownRequest.ts` reads them.
 */
export const jobSchema = z.looseObject({
  version: z.literal(1),
  taskUUID: z.string(),
  /** See “Life of a job” in docs/architecture.md. */
  state: z.enum(["sending", "running", "done", "failed", "unknown"]),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  /** Milliseconds since the epoch. */
  updatedAt: z.number(),
  /** Name of the endpoint it was sent to. */
  endpoint: z.string(),
  /** Id of the model; one that this version does not know stays as it is. */
  model: z.string(),
  request: z.looseObject({
    prompt: z.string(),
    /** Whether the prompt is only the name of the file that a tool changed. */
    promptIsFileName: z.catch(z.optional(z.boolean()), undefined),
    /** The tool that made the picture; absent if the prompt did. */
    tool: z.optional(z.looseObject({ id: z.string(), factor: z.catch(z.optional(z.number()), undefined) })),
    /** Id of the target that the pictures are for; absent if there is none. */
    exportTarget: z.catch(z.optional(z.string()), undefined),
    /** What the target added to the prompt; absent if nothing. */
    promptHint: z.catch(z.optional(z.string()), undefined),
    /** Without image data: the names that the user sees, and where the images were read from. */
    references: z.array(z.looseObject({ label: z.string(), source: z.optional(z.string()) })),
    shape: shapeSchema,
    count: z.number(),
    format: z.string(),
    quality: z.number(),
    outputType: z.string(),
    deliveryMethod: z.string(),
    safety: z.optional(z.object({ checkContent: z.optional(z.boolean()), mode: z.optional(z.string()) })),
    ttl: z.optional(z.number()),
  }),
  target: z.object({
    folder: z.string(),
    name: z.string(),
    extension: z.catch(z.optional(z.string()), undefined),
    keep: z.enum(["all", "ask"]),
    /** Whether its pictures replace draft images; absent in files of earlier versions. */
    replacesDraft: z.catch(z.optional(z.boolean()), undefined),
  }),
  /** USD, estimated. A negative amount would pay for other requests. */
  estimate: z.number().check(z.nonnegative()),
  pictures: z.pipe<typeof storedPictures, typeof picturesWithIds>(storedPictures, picturesWithIds),
  failures: z.array(failureSchema),
  /**
   * Milliseconds from sending the task to its first picture, counted in the pauses between polls;
   * absent if another process sent it, and in files of earlier versions.
   */
  firstPictureAfter: z.catch(z.optional(z.number().check(z.nonnegative())), undefined),
  /** Percent, if the service reports it. */
  progress: z.optional(z.number()),
  /** URI of the workspace folder it was bought for. */
  workspace: z.optional(z.string()),
  /** Whether the budget check is pending: nothing was sent. See `core/money/reservation.ts`. */
  unconfirmed: z.optional(z.boolean()),
  /**
   * Set for the receipt of a file that cannot be read; never stored. See
   * `core/journal/unreadableJob.ts`.
   */
  unreadable: z.optional(z.enum(["damaged", "version"])),
  /** Whether the user removed it from the lists: only the receipt is left. */
  forgotten: z.optional(z.boolean()),
  /** Whether the user has decided which pictures to keep. */
  settled: z.optional(z.boolean()),
  /**
   * Whether the user has dealt with the pictures that were not made: they are made again, or not
   * wanted any more.
   */
  unmadeSettled: z.optional(z.boolean()),
});

/** A task and its results. */
export type Job = z.infer<typeof jobSchema>;

/** Whether the text is a job file of another version. */
export function isOtherVersion(text: string): boolean {
  try {
    const file = z.looseObject({ version: z.number() }).safeParse(JSON.parse(text)).data;
    return file !== undefined && file.version !== 1;
  } catch {
    return false;
  }
}

/**
 * Parses a job file; `undefined` if it is truncated, of another program or of another version. Such
 * a file is never changed.
 */
export function parseJob(text: string): Job | undefined {
  try {
    return jobSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
