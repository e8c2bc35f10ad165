import { sha256 } from "../hash.ts";
import type { Failure, Job, Picture } from "../jobs/job.ts";
import { withPlausibleCost } from "../jobs/jobCost.ts";
import { assignIds, type PictureResult } from "../pictures/pictureId.ts";
import type { Answer, AnswerItem } from "./envelope.ts";
import type { InlineImage } from "./inlineImage.ts";
import { errorKind, fieldOf, type ServiceError, toLimnError } from "./serviceError.ts";

/** A delivered picture: its facts, and its bytes if the answer contained them. */
export interface Delivery {
  readonly picture: Picture;
  /** The bytes, if the answer has them. */
  readonly inlineImage?: InlineImage;
}

/** A delivery without an id. */
type UnidentifiedResult = PictureResult & { readonly item: AnswerItem; readonly inlineImage?: InlineImage };

/** The result of an item, if it has one. */
async function readResult(item: AnswerItem): Promise<UnidentifiedResult | undefined> {
  const { imageUUID, imageURL, seed, status } = item;
  const inlineImage = item.imageBase64Data ?? item.imageDataURI;
  if ((imageURL ?? inlineImage) === undefined || status === "processing") {
    return undefined;
  }
  return {
    item,
    ...(imageUUID === undefined ? {} : { imageUUID }),
    ...(imageURL === undefined ? {} : { url: imageURL }),
    ...(seed === undefined ? {} : { seed: String(seed) }),
    ...(inlineImage === undefined ? {} : { inlineImage, digest: await sha256(inlineImage.join()) }),
  };
}

function toDelivery(id: string, { item: { cost, NSFWContent }, inlineImage, ...result }: UnidentifiedResult): Delivery {
  const picture: Picture = {
    id,
    ...result,
    kept: [],
    ...(cost === undefined ? {} : { cost }),
    ...(NSFWContent === undefined ? {} : { unsafe: NSFWContent }),
  };
  return inlineImage === undefined ? { picture } : { picture, inlineImage };
}

/** The pictures of the items, each once. `job` has the known ones. */
async function readDeliveries(items: readonly AnswerItem[], job: Job | undefined): Promise<Delivery[]> {
  const results: UnidentifiedResult[] = [];
  for (const item of items) {
    const result = await readResult(item);
    if (result !== undefined) {
      results.push(result);
    }
  }
  const identified = await assignIds(results, job?.pictures ?? [], job?.request.count ?? 0);
  return identified.map(([id, result]) => toDelivery(id, result));
}

/** What an answer says about one task. */
export interface TaskUpdate {
  readonly deliveries: readonly Delivery[];
  readonly failures: readonly Failure[];
  /** Whether an item says that work is going on. */
  readonly isProcessing: boolean;
  readonly progress: number | undefined;
  /** Whether the service gave any sign that it knows the task. */
  readonly isTaskKnown: boolean;
}

function toFailure(error: ServiceError, status: number, endpoint: string): Failure {
  const field = fieldOf(error.parameters[0]);
  const { kind, message, billed } = toLimnError(error, status, endpoint);
  return {
    code: error.code,
    kind,
    message,
    billed,
    ...(field === undefined ? {} : { field }),
  };
}

/** Kinds of error that are about the call, never about a task that was sent before. */
const callErrorKinds: ReadonlySet<string> = new Set(["key", "permission", "busy", "transient", "conflict"]);

/**
 * Whether an item says that work is going on: `processing`, or an unknown status without a picture.
 */
const isItemProcessing = ({ status, imageURL, imageBase64Data, imageDataURI }: AnswerItem): boolean =>
  status === "processing" ||
  (status !== undefined && status !== "success" && (imageURL ?? imageBase64Data ?? imageDataURI) === undefined);

/**
 * Reads what an answer says about the task. Items of other tasks, and repeated or unordered ones,
 * do no harm. `job` is needed to recognize known pictures.
 */
export async function readTaskUpdate(
  answer: Answer,
  taskUUID: string,
  status: number,
  job: Job | undefined,
): Promise<TaskUpdate> {
  const items = answer.items.filter((item) => item.taskUUID === taskUUID);
  const errors = answer.errors.filter(
    (error) => error.taskUUID === taskUUID && !callErrorKinds.has(errorKind(error.code, status)),
  );
  const deliveries = await readDeliveries(items, job);
  // A job that was forgotten meanwhile is not shown.
  const endpoint = job?.endpoint ?? "";
  const progress = items.flatMap((item) => item.progress ?? []);
  return {
    deliveries,
    failures: errors.map((error) => toFailure(error, status, endpoint)),
    isProcessing: items.some(isItemProcessing),
    progress: progress.length === 0 ? undefined : Math.max(...progress),
    isTaskKnown: items.length > 0 || errors.length > 0,
  };
}

/**
 * The job with the update applied. Known pictures keep their facts, and failures never become
 * fewer.
 */
export function applyUpdate(job: Job, update: TaskUpdate): Job {
  const newPictures = update.deliveries
    .map(({ picture }) => picture)
    .filter((picture) => !job.pictures.some((known) => known.id === picture.id))
    .map((picture) => withPlausibleCost(job, picture));
  const knownPictures = job.pictures.map((known) => {
    const delivered = update.deliveries.find(({ picture }) => picture.id === known.id)?.picture;
    if (delivered === undefined) {
      return known;
    }
    // A renewed link replaces one that failed. The link of a running download distinguishes this
    // picture from others of the same service id.
    const url = known.file === undefined && known.problem !== undefined ? delivered.url : undefined;
    // A picture that was found as a file has no other facts yet.
    const missingFacts = Object.entries(withPlausibleCost(job, delivered)).filter(([fact]) => !(fact in known));
    return { ...known, ...Object.fromEntries(missingFacts), ...(url === undefined ? {} : { url }) };
  });
  return {
    ...job,
    pictures: [...knownPictures, ...newPictures],
    failures: update.failures.length >= job.failures.length ? [...update.failures] : job.failures,
    ...(update.progress === undefined ? {} : { progress: update.progress }),
  };
}
