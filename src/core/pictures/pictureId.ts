import { sha256 } from "../hash.ts";
import type { Picture } from "../jobs/job.ts";

/**
 * Pattern of a picture's id: safe in file names on every platform and in messages of the page.
 * Lower case only, because some file systems ignore case.
 */
const idPattern = /^[a-z0-9-]{8,64}$/;

/** One result of an answer, before it has an id. */
export interface PictureResult {
  /** The service's own id; absent if it sent none. */
  readonly imageUUID?: string;
  /** Link to the bytes. */
  readonly url?: string;
  /** SHA-256 of the bytes, if the answer contained them. */
  readonly digest?: string;
  readonly seed?: string;
}

/** What distinguishes the bytes of one result from those of another. */
const sourceOf = ({ url, digest }: PictureResult): string => url ?? digest ?? "";

/**
 * The part of a link that stays when the link is renewed: signatures and expiry dates are in the
 * query.
 */
const pathOf = ({ url }: { readonly url?: string | undefined }): string | undefined =>
  url === undefined || !URL.canParse(url) ? undefined : new URL(url).pathname;

const isSameValue = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

/** Tests whether a result is a known picture, the most certain first. */
const matchers: readonly ((result: PictureResult, known: Picture) => boolean)[] = [
  (result, known) => isSameValue(result.url, known.url) || isSameValue(result.digest, known.digest),
  (result, known) => isSameValue(pathOf(result), pathOf(known)),
  (result, known) => isSameValue(result.seed, known.seed),
];

/** The id of a new picture: the same in every window, whatever the order of the results. */
async function newId(result: PictureResult, isAmbiguous: boolean): Promise<string> {
  const { imageUUID } = result;
  if (imageUUID !== undefined && !isAmbiguous && idPattern.test(imageUUID)) {
    return imageUUID;
  }
  const idSource =
    imageUUID === undefined ? sourceOf(result) : isAmbiguous ? `${imageUUID} ${sourceOf(result)}` : imageUUID;
  return (await sha256(idSource)).slice(0, 32);
}

/** Matches results that have the same service id with known pictures, each picture at most once. */
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
 * Gives each result of one answer the id of its picture. Limn makes the ids, because a service may
 * send one id several times, one that is not a file name, or none. Different bytes or links under
 * one id in one answer are different pictures; another link in a later answer renews that of the
 * known picture. `count` is the number of requested pictures.
 *
 * @returns the results with their ids, without duplicates.
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
    // Without a service id, another link may be another picture, as long as some are missing.
    const found = matchKnown(results, sameServiceId, imageUUID !== undefined || known.length >= count);
    for (const result of results) {
      pairs.push([found.get(result) ?? (await newId(result, results.length > 1 || found.size > 0)), result]);
    }
  }
  return pairs;
}
