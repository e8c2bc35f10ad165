import type { Job, Picture } from "./jobSchema.ts";

export type { Failure, Job, Picture } from "./jobSchema.ts";

/** For `JSON.stringify`: writes the fields of every object in the order of their names. */
const sortFields = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/**
 * The durable part of a job, as a text for comparison. Progress is only displayed and not worth a
 * write. A job from a file and one from memory may have their fields in another order.
 */
export const persistentState = (job: Job): string =>
  JSON.stringify({ ...job, progress: undefined, updatedAt: 0 }, sortFields);

/** Marks that the user sets and removes. */
export const markNames = ["starred", "discarded", "focus"] as const;

/** Marks of a picture. Without a `focus`, its crops show what draws the eye. */
export interface Marks {
  readonly starred?: boolean;
  readonly discarded?: boolean;
  readonly focus?: Picture["focus"] | undefined;
}

/** The picture with changed marks and the time of the change. */
export const withMarks = (picture: Picture, changes: Marks, now: number): Picture => ({
  ...picture,
  ...changes,
  markedAt: { ...picture.markedAt, ...Object.fromEntries(Object.keys(changes).map((mark) => [mark, now])) },
});

/**
 * When a picture was discarded or, if it was not, last kept: its time in the vault starts then.
 * `undefined` if neither was done, or if an earlier version did not store when.
 */
export const retainedSince = ({ discarded, markedAt, keptAt }: Picture): number | undefined =>
  discarded === true ? markedAt?.discarded : keptAt;

/**
 * The receipt of a job that the user removed: what it cost and its outcome, but nothing of the
 * request.
 */
export const receiptOf = (job: Job): Job => ({
  ...job,
  forgotten: true,
  request: { ...job.request, prompt: "", exportTarget: undefined, promptHint: undefined, references: [] },
  target: { ...job.target, folder: "", name: "" },
  failures: job.failures.map(({ code, billed }) => ({
    code,
    message: "",
    ...(billed === undefined ? {} : { billed }),
  })),
  pictures: job.pictures.map(({ id, cost, kept }) => ({
    id,
    // The number of copies counts, but the names of the files come from the prompt.
    kept: kept.map(() => ""),
    ...(cost === undefined ? {} : { cost }),
  })),
});

/** Whether the service may still have results for this job. */
export const isOpen = (job: Job): boolean => job.state === "sending" || job.state === "running";

/**
 * Whether a picture should be in the vault: it was stored there, and the user has neither kept a
 * copy nor discarded it.
 */
export const belongsInVault = ({ file, kept, discarded }: Picture): boolean =>
  file !== undefined && kept.length === 0 && discarded !== true;

/** Pictures that are in the vault and should be in the workspace, but are not. */
export const unkeptPictures = (job: Job): Picture[] =>
  job.settled === true || job.forgotten === true ? [] : job.pictures.filter(belongsInVault);

/**
 * Number of requested pictures that were not made, though others were. 0 once the user has dealt
 * with them.
 */
export const unmadeCount = ({ state, pictures, request, unmadeSettled }: Job): number =>
  state === "done" && unmadeSettled !== true ? Math.max(0, request.count - pictures.length) : 0;

/** The job with one of its pictures changed. */
export const changePicture = (job: Job, id: string, change: (picture: Picture) => Picture): Job => ({
  ...job,
  pictures: job.pictures.map((picture) => (picture.id === id ? change(picture) : picture)),
});

/**
 * Whether something is left to do without the user: an open job is polled, pictures that are kept
 * automatically are kept, and files of a fallback folder are moved into the vault.
 */
export const isPending = (job: Job): boolean =>
  job.forgotten !== true &&
  (isOpen(job) ||
    (job.target.keep === "all" && unkeptPictures(job).length > 0) ||
    job.pictures.some(({ fallbackPath }) => fallbackPath !== undefined));

/**
 * Whether the user needs to know about this job: it is open, its outcome is unknown, or a picture
 * is not in the vault or not kept.
 */
export const isUnfinished = (job: Job): boolean =>
  job.forgotten !== true &&
  (isOpen(job) ||
    job.state === "unknown" ||
    job.pictures.some(({ file, fallbackPath }) => file === undefined || fallbackPath !== undefined) ||
    unkeptPictures(job).length > 0);
