import { type Job, markNames, type Picture } from "../jobs/job.ts";

/** The marks that were set later in one of the copies. A mark that was removed may be absent. */
function laterMarks(one: Picture, other: Picture): Partial<Picture> {
  const setAt = (picture: Picture, mark: (typeof markNames)[number]) => picture.markedAt?.[mark] ?? 0;
  const entries = markNames.flatMap((mark) => {
    const later = setAt(other, mark) > setAt(one, mark) ? other : one;
    return setAt(one, mark) === setAt(other, mark) ? [] : [{ mark, value: later[mark], at: setAt(later, mark) }];
  });
  return entries.length === 0
    ? {}
    : {
        ...Object.fromEntries(entries.map(({ mark, value }) => [mark, value])),
        markedAt: { ...one.markedAt, ...Object.fromEntries(entries.map(({ mark, at }) => [mark, at])) },
      };
}

/** One picture with what both copies know of it. */
function mergePictures(one: Picture, other: Picture): Picture {
  const { problem, fallbackPath, ...picture } = {
    ...other,
    ...one,
    ...laterMarks(one, other),
    kept: [...new Set([...one.kept, ...other.kept])],
  };
  // The copy that knows the file also knows where it is.
  const knownPath = one.file === undefined ? fallbackPath : one.fallbackPath;
  return {
    ...picture,
    ...(problem === undefined || picture.file !== undefined ? {} : { problem }),
    ...(knownPath === undefined ? {} : { fallbackPath: knownPath }),
  };
}

/**
 * One job with what both copies know of it. For facts that can change either way, `stored` counts.
 * If two windows write at the same time, the later one has not seen what the earlier one found out.
 * A job that is done or settled stays so.
 */
export function mergeJobs(stored: Job, remembered: Job): Job {
  const findSame = (of: Picture, among: Job) => among.pictures.find(({ id }) => id === of.id);
  const { unconfirmed: _, ...known } = remembered;
  const { unconfirmed, ...written } = stored;
  return {
    ...known,
    ...written,
    // A confirmed reservation stays confirmed.
    ...(unconfirmed === true && remembered.unconfirmed === true ? { unconfirmed } : {}),
    pictures: [
      ...stored.pictures.map((picture) => mergePictures(picture, findSame(picture, remembered) ?? picture)),
      ...remembered.pictures.filter((picture) => findSame(picture, stored) === undefined),
    ],
    failures: stored.failures.length >= remembered.failures.length ? stored.failures : remembered.failures,
    ...(remembered.state === "done" ? { state: remembered.state } : {}),
    ...(remembered.settled === true ? { settled: true } : {}),
  };
}
