import type { TableJob, TablePicture } from "../protocol.ts";
import type { ActionTarget } from "./tableActions.ts";

/** Index of the picture that a key of the filmstrip leads to; `undefined` for other keys. */
export function nextIndex(key: string, { job: { pictures }, picture }: ActionTarget): number | undefined {
  const index = pictures.findIndex(({ id }) => id === picture.id);
  const last = pictures.length - 1;
  const indexes: Readonly<Record<string, number>> = {
    ArrowLeft: Math.max(index - 1, 0),
    ArrowRight: Math.min(index + 1, last),
    Home: 0,
    End: last,
  };
  return Object.hasOwn(indexes, key) ? indexes[key] : undefined;
}

/**
 * The next picture that is not discarded, or else the one before; `undefined` if there is none.
 * `discards`: ids of pictures that were just discarded, which the job does not show yet.
 */
export function nextUndiscarded(
  { job: { pictures }, picture }: ActionTarget,
  discards: ReadonlySet<string>,
): string | undefined {
  const index = pictures.findIndex(({ id }) => id === picture.id);
  const isThere = ({ id, isDiscarded }: TablePicture) => !isDiscarded && !discards.has(id);
  return (pictures.slice(index + 1).find(isThere) ?? pictures.slice(0, index).findLast(isThere))?.id;
}

/** The picture that takes the place of one that is gone, as a list does; the first of a new job. */
export function neighbourOf(
  before: TableJob | undefined,
  { id, pictures }: TableJob,
  gone: TablePicture | undefined,
): TablePicture | undefined {
  const index = before?.id === id ? before.pictures.findIndex((picture) => picture.id === gone?.id) : 0;
  return pictures[Math.min(Math.max(index, 0), pictures.length - 1)];
}
