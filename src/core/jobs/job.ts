import * as z from "zod/mini";
import { canonicalUri } from "../files/uri.ts";

/** A picture of a job: where it can be had from, what is known of it, and where it was kept. */
const pictureSchema = z.looseObject({
  /** Limn's own name for it, see `pictureId.ts`; files of earlier versions have none. */
  id: z.catch(z.optional(z.string().check(z.regex(/^[\w-]{1,80}$/))), undefined),
  /**
   * The service's id, as it came: it may be anything, and more than one picture may have it. Absent
   * where the service sent none.
   */
  imageUUID: z.optional(z.string()),
  /** Link at the service; absent where the bytes came in the answer itself. */
  url: z.optional(z.string()),
  /** SHA-256 of the bytes, where they came in the answer itself. */
  digest: z.optional(z.string()),
  /** Decimal digits, since seeds may go beyond 2^53. */
  seed: z.optional(z.string()),
  /** USD, as the service says. Earlier versions noted any number: read it with `believedCost`. */
  cost: z.optional(z.number()),
  /** USD that the service said and that cannot be: noted for a person to see, and never counted. */
  claimedCost: z.optional(z.number()),
  unsafe: z.optional(z.boolean()),
  /** File name in the vault; absent until the bytes are there. */
  file: z.optional(z.string()),
  /** Real pixels and format, read from the bytes. */
  width: z.optional(z.number()),
  height: z.optional(z.number()),
  format: z.optional(z.enum(["JPG", "PNG", "WEBP"])),
  /**
   * Name of its format, if that is one that Limn stores and cannot show; `format` and the pixels
   * are absent then.
   */
  otherFormat: z.optional(z.string()),
  /** Why the bytes could not be had, in a sentence. */
  problem: z.optional(z.string()),
  /** URIs of the files it was kept as. */
  kept: z.array(z.pipe(z.string(), z.transform(canonicalUri))),
  /** When it was kept last, milliseconds since the epoch; absent in files of earlier versions. */
  keptAt: z.optional(z.number()),
  /** Marked by a person as worth finding again. */
  starred: z.optional(z.boolean()),
  /** Put away by a person: out of sight, in the vault until the next clean-up. */
  discarded: z.optional(z.boolean()),
  /**
   * When the marks above were set or taken away, milliseconds since the epoch: where windows
   * differ, the later word counts.
   */
  markedAt: z.optional(z.looseObject({ starred: z.optional(z.number()), discarded: z.optional(z.number()) })),
  /**
   * Path of the file it was written to because the vault could not be written; absent once it is in
   * the vault.
   */
  rescued: z.optional(z.string()),
});

/** One picture of a job. Its `id` is unique in the job. */
export type Picture = z.infer<typeof pictureSchema> & { readonly id: string };

/**
 * Gives a picture without an id one that is made of the service's, as the file names of earlier
 * versions were.
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
  /** A sentence for a person. */
  message: z.string(),
  field: z.optional(z.string()),
  /**
   * Whether it may have cost money, decided when it was noted; absent in files of earlier versions.
   */
  billed: z.optional(z.enum(["no", "maybe"])),
});

/** One result that was not made, or a refusal of the whole task. */
export type Failure = z.infer<typeof failureSchema>;

const shapeSchema = z.union([
  z.object({ width: z.number(), height: z.number() }),
  z.object({ resolution: z.enum(["1k", "2k"]) }),
  z.literal("like-reference"),
]);

const jobSchema = z.looseObject({
  version: z.literal(1),
  taskUUID: z.string(),
  /** See “The life of a job” in docs/architecture.md. */
  state: z.enum(["sending", "running", "done", "failed", "unknown"]),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  /** Milliseconds since the epoch. */
  updatedAt: z.number(),
  /** Name of the endpoint it was sent to. */
  endpoint: z.string(),
  model: z.string(),
  request: z.looseObject({
    prompt: z.string(),
    /** Without image data: what a person knows them by, and where they were read from. */
    references: z.array(z.looseObject({ label: z.string(), source: z.optional(z.string()) })),
    shape: shapeSchema,
    count: z.number(),
    format: z.enum(["JPG", "PNG", "WEBP"]),
    quality: z.number(),
    outputType: z.enum(["URL", "base64Data", "dataURI"]),
    deliveryMethod: z.enum(["sync", "async"]),
    safety: z.optional(z.object({ checkContent: z.optional(z.boolean()), mode: z.optional(z.enum(["none", "fast"])) })),
    ttl: z.optional(z.number()),
  }),
  target: z.object({ folder: z.string(), name: z.string(), keep: z.enum(["all", "ask"]) }),
  /** USD, before the fact. Less than nothing would pay for other requests. */
  estimate: z.number().check(z.nonnegative()),
  pictures: z.pipe<typeof storedPictures, typeof picturesWithIds>(storedPictures, picturesWithIds),
  failures: z.array(failureSchema),
  /** Percent, where the service says. */
  progress: z.optional(z.number()),
  /** URI of the workspace folder it was bought for. */
  workspace: z.optional(z.string()),
  /** The budget has not been checked yet: nothing was sent. See `core/money/reservation.ts`. */
  unconfirmed: z.optional(z.boolean()),
  /**
   * Stands for a file that cannot be read, and why; never in a file. See
   * `core/jobs/unreadableJob.ts`.
   */
  unreadable: z.optional(z.enum(["damaged", "version"])),
  /** Whether a person has taken it off their lists: what is left is the receipt. */
  forgotten: z.optional(z.boolean()),
  /** Whether a person has decided which pictures to keep, where they are asked. */
  settled: z.optional(z.boolean()),
});

/** The life of one task. */
export type Job = z.infer<typeof jobSchema>;

/** Whether the text is the file of a job in the form of another version. */
export function isOtherVersion(text: string): boolean {
  try {
    const file = z.looseObject({ version: z.number() }).safeParse(JSON.parse(text)).data;
    return file !== undefined && file.version !== 1;
  } catch {
    return false;
  }
}

/**
 * Reads a job file; `undefined` where it is cut, foreign or of another version: such a file is left
 * alone.
 */
export function parseJob(text: string): Job | undefined {
  try {
    return jobSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What a person sets and takes away again. */
export const markNames = ["starred", "discarded"] as const;

/** A person's opinions of a picture. */
export type Marks = Partial<Record<(typeof markNames)[number], boolean>>;

/** The picture with a person's opinion of it, and when that was given. */
export const withMarks = (picture: Picture, changes: Marks, now: number): Picture => ({
  ...picture,
  ...changes,
  markedAt: { ...picture.markedAt, ...Object.fromEntries(Object.keys(changes).map((mark) => [mark, now])) },
});

/**
 * When a picture was discarded or, if it was not, kept last: from then on its time in the vault
 * counts. `undefined` if neither was done, or an earlier version did not write down when.
 */
export const retainedSince = ({ discarded, markedAt, keptAt }: Picture): number | undefined =>
  discarded === true ? markedAt?.discarded : keptAt;

/**
 * What is kept of a job that a person forgets: what it cost and what became of it, and nothing of
 * what was asked for.
 */
export const receiptOf = (job: Job): Job => ({
  ...job,
  forgotten: true,
  request: { ...job.request, prompt: "", references: [] },
  target: { ...job.target, folder: "", name: "" },
  failures: job.failures.map(({ code, billed }) => ({
    code,
    message: "",
    ...(billed === undefined ? {} : { billed }),
  })),
  pictures: job.pictures.map(({ id, cost, kept }) => ({
    id,
    // How often it was kept counts; the names of the files are made of the prompt.
    kept: kept.map(() => ""),
    ...(cost === undefined ? {} : { cost }),
  })),
});

/** Whether the service may still have something for this job. */
export const isOpen = (job: Job): boolean => job.state === "sending" || job.state === "running";

/**
 * Whether a picture should be in the vault: it was stored there, and the user has neither kept a
 * copy nor discarded it.
 */
export const belongsInVault = ({ file, kept, discarded }: Picture): boolean =>
  file !== undefined && kept.length === 0 && discarded !== true;

/** Pictures that are in the vault and should be in the workspace, but are not. */
export const unkeptPictures = (job: Job): Picture[] =>
  job.settled === true ? [] : job.pictures.filter(belongsInVault);

/** The job with one of its pictures changed. */
export const changePicture = (job: Job, id: string, change: (picture: Picture) => Picture): Job => ({
  ...job,
  pictures: job.pictures.map((picture) => (picture.id === id ? change(picture) : picture)),
});

/**
 * Whether something is left to do that needs no user: an open job is asked for, pictures that are
 * saved by themselves are saved, and what the vault could not take is brought into it.
 */
export const isPending = (job: Job): boolean =>
  job.forgotten !== true &&
  (isOpen(job) ||
    (job.target.keep === "all" && unkeptPictures(job).length > 0) ||
    job.pictures.some(({ rescued }) => rescued !== undefined));

/**
 * Whether a person should hear of this job: open, of unknown outcome, or with a picture that is not
 * in the vault or not been kept.
 */
export const isUnfinished = (job: Job): boolean =>
  job.forgotten !== true &&
  (isOpen(job) ||
    job.state === "unknown" ||
    job.pictures.some(({ file, rescued }) => file === undefined || rescued !== undefined) ||
    unkeptPictures(job).length > 0);
