import { sha256 } from "../hash.ts";
import type { Picture } from "../jobs/job.ts";

/**
 * What an id of a picture looks like: safe as a part of a file name on every platform, and in the
 * page's messages. Lower case only, because some file systems do not tell capitals apart.
 */
const idPattern = /^[a-z0-9-]{8,64}$/;

/** One result of an answer, before it has an id. */
export interface PictureResult {
  /** The service's own id; absent where it sent none. */
  readonly imageUUID?: string;
  /** Link to the bytes. */
  readonly url?: string;
  /** SHA-256 of the bytes, where they came within the answer. */
  readonly digest?: string;
  readonly seed?: string;
}

/** What tells the bytes of a result apart from those of another. */
const sourceOf = ({ url, digest }: PictureResult): string => url ?? digest ?? "";

/**
 * The part of a link that stays when it is renewed: signatures and expiry dates are in the query.
 */
const pathOf = ({ url }: { readonly url?: string | undefined }): string | undefined =>
  url === undefined || !URL.canParse(url) ? undefined : new URL(url).pathname;

const isSameValue = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

/** Signs that a result is a known picture, the surest first. */
const matchers: readonly ((result: PictureResult, known: Picture) => boolean)[] = [
  (result, known) => isSameValue(result.url, known.url) || isSameValue(result.digest, known.digest),
  (result, known) => isSameValue(pathOf(result), pathOf(known)),
  (result, known) => isSameValue(result.seed, known.seed),
];

/**
 * The id of a result that is no known picture: the same in every window, whatever the order of the
 * results.
 */
async function newId(result: PictureResult, isAmbiguous: boolean): Promise<string> {
  const { imageUUID } = result;
  if (imageUUID !== undefined && !isAmbiguous && idPattern.test(imageUUID)) {
    return imageUUID;
  }
  const idSource =
    imageUUID === undefined ? sourceOf(result) : isAmbiguous ? `${imageUUID} ${sourceOf(result)}` : imageUUID;
  return (await sha256(idSource)).slice(0, 32);
}

/** Finds the known pictures among results of one service id. Each picture is found once. */
function matchKnown(
  results: readonly PictureResult[],
  known: readonly Picture[],
  mayBeRenewed: boolean,
): Map<PictureResult, string> {
  const found = new Map<PictureResult, string>();
  const remaining = new Set(known);
  const match = (matches: (result: PictureResult, known: Picture) => boolean) => {
    for (const result of results) {
      const picture = found.has(result) ? undefined : [...remaining].find((one) => matches(result, one));
      if (picture !== undefined) {
        remaining.delete(picture);
        found.set(result, picture.id);
      }
    }
  };
  matchers.forEach(match);
  if (mayBeRenewed) {
    match(() => true);
  }
  return found;
}

/**
 * Gives each result of one answer the id of its picture. Names come from Limn: a service may send
 * one id several times, one that is no file name, or none. Different bytes or links under one id in
 * one answer are different pictures; another link in a later answer renews that of the picture that
 * is known. `count` is how many pictures were asked for.
 *
 * @returns the results with their ids; a result that is told twice is left out the second time.
 */
export async function assignIds<AnyResult extends PictureResult>(
  answerResults: readonly AnyResult[],
  known: readonly Picture[],
  count: number,
): Promise<(readonly [id: string, result: AnyResult])[]> {
  const pairs: (readonly [string, AnyResult])[] = [];
  for (const [imageUUID, group] of Map.groupBy(answerResults, (result) => result.imageUUID)) {
    const sources = group.map(sourceOf);
    const results = group.filter((_, index) => sources.indexOf(sources[index] ?? "") === index);
    const sameServiceId = known.filter((picture) => picture.imageUUID === imageUUID);
    // Without an id of the service, another link may be another picture, as long as some are still
    // to come.
    const found = matchKnown(results, sameServiceId, imageUUID !== undefined || known.length >= count);
    for (const result of results) {
      pairs.push([found.get(result) ?? (await newId(result, results.length > 1 || found.size > 0)), result]);
    }
  }
  return pairs;
}
