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

/** The next picture that is not discarded, or else the one before; `undefined` if there is none. */
export function nextUndiscarded({ job: { pictures }, picture }: ActionTarget): string | undefined {
  const index = pictures.findIndex(({ id }) => id === picture.id);
  const isThere = ({ isDiscarded }: { readonly isDiscarded: boolean }) => !isDiscarded;
  return (pictures.slice(index + 1).find(isThere) ?? pictures.slice(0, index).findLast(isThere))?.id;
}
