import type { Carried } from "./carried.ts";
import type { Answer, Item } from "./envelope.ts";
import { sha256 } from "./hash.ts";
import { type Failure, type Job, type Picture, withPlausibleCost } from "./job.ts";
import { identify, type Result } from "./pictureId.ts";
import { errorKind, fieldOf, type ServiceError, toLimnError } from "./serviceError.ts";

/** A picture as it was delivered: its facts, and its bytes where they came along. */
export interface Delivery {
  readonly picture: Picture;
  /** The bytes, where the answer carries them. */
  readonly carried?: Carried;
}

/** A delivery that has no id yet. */
type Told = Result & { readonly item: Item; readonly carried?: Carried };

/** The result an item carries, where it carries one. */
async function readResult(item: Item): Promise<Told | undefined> {
  const { imageUUID, imageURL, seed, status } = item;
  const carried = item.imageBase64Data ?? item.imageDataURI;
  if ((imageURL ?? carried) === undefined || status === "processing") {
    return undefined;
  }
  return {
    item,
    ...(imageUUID === undefined ? {} : { imageUUID }),
    ...(imageURL === undefined ? {} : { url: imageURL }),
    ...(seed === undefined ? {} : { seed: String(seed) }),
    ...(carried === undefined ? {} : { carried, digest: await sha256(carried.join()) }),
  };
}

function toDelivery(id: string, { item: { cost, NSFWContent }, carried, ...result }: Told): Delivery {
  const picture: Picture = {
    ...{ id, ...result, kept: [] },
    ...(cost === undefined ? {} : { cost }),
    ...(NSFWContent === undefined ? {} : { unsafe: NSFWContent }),
  };
  return carried === undefined ? { picture } : { picture, carried };
}

/** The pictures that the items carry, each once. `job` is what is known of theirs. */
async function readDeliveries(items: readonly Item[], job: Job | undefined): Promise<Delivery[]> {
  const told: Told[] = [];
  for (const item of items) {
    const result = await readResult(item);
    if (result !== undefined) {
      told.push(result);
    }
  }
  const pairs = await identify(told, job?.pictures ?? [], job?.request.count ?? 0);
  return pairs.map(([id, result]) => toDelivery(id, result));
}

/** What an answer says about one task. */
export interface News {
  readonly deliveries: readonly Delivery[];
  readonly failures: readonly Failure[];
  /** Whether an item says that work is going on. */
  readonly processing: boolean;
  readonly progress: number | undefined;
  /** Whether the service gave any sign that it knows the task. */
  readonly known: boolean;
}

function toFailure(error: ServiceError, status: number): Failure {
  const [parameter] = error.parameters;
  const { message, billed } = toLimnError(error, status);
  return {
    code: error.code,
    message,
    billed,
    ...(parameter === undefined ? {} : { field: fieldOf(parameter) }),
  };
}

/** Kinds of error that speak about the call, never about the fate of a task that was sent before. */
const aboutTheCall: ReadonlySet<string> = new Set(["key", "permission", "busy", "transient", "conflict"]);

/** Whether an item says that work is going on: `processing`, or a word nobody knows yet, without a picture. */
const isUnderWay = ({ status, imageURL, imageBase64Data, imageDataURI }: Item): boolean =>
  status === "processing" ||
  (status !== undefined && status !== "success" && (imageURL ?? imageBase64Data ?? imageDataURI) === undefined);

/**
 * Picks from an answer what belongs to the task; items of other tasks, repeated and unordered ones do no harm. `job` is what is known of
 * the task, so that its pictures are recognized.
 */
export async function readNews(answer: Answer, taskUUID: string, status: number, job: Job | undefined): Promise<News> {
  const items = answer.items.filter((item) => item.taskUUID === taskUUID);
  const errors = answer.errors.filter(
    (error) => error.taskUUID === taskUUID && !aboutTheCall.has(errorKind(error.code, status)),
  );
  const deliveries = await readDeliveries(items, job);
  const progress = items.flatMap((item) => item.progress ?? []);
  return {
    deliveries,
    failures: errors.map((error) => toFailure(error, status)),
    processing: items.some(isUnderWay),
    progress: progress.length === 0 ? undefined : Math.max(...progress),
    known: items.length > 0 || errors.length > 0,
  };
}

/** The job with what is new in it. Pictures already there keep their facts; failures are never fewer than before. */
export function absorb(job: Job, news: News): Job {
  const fresh = news.deliveries
    .map(({ picture }) => picture)
    .filter((picture) => !job.pictures.some((known) => known.id === picture.id))
    .map((picture) => withPlausibleCost(job, picture));
  const renewed = job.pictures.map((known) => {
    const told = news.deliveries.find(({ picture }) => picture.id === known.id)?.picture;
    if (told === undefined) {
      return known;
    }
    // A renewed link replaces one that failed; one that is being fetched tells this picture from others of the same service id.
    const url = known.file === undefined && known.problem !== undefined ? told.url : undefined;
    // A picture that was found as a file has no other facts yet.
    const unknown = Object.entries(withPlausibleCost(job, told)).filter(([fact]) => !(fact in known));
    return { ...known, ...Object.fromEntries(unknown), ...(url === undefined ? {} : { url }) };
  });
  return {
    ...job,
    pictures: [...renewed, ...fresh],
    failures: news.failures.length >= job.failures.length ? [...news.failures] : job.failures,
    ...(news.progress === undefined ? {} : { progress: news.progress }),
  };
}
