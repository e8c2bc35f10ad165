import type { LinkEdit } from "../linkEdit.ts";
import type { ImageLink } from "../reading/imageLink.ts";
import { writtenPaths } from "./writtenPaths.ts";

/** A link and the path that it gets, without escapes. */
export interface PathChange {
  readonly link: ImageLink;
  readonly path: string;
}

/** A document with the function that reads its links. */
export interface ReadText {
  readonly text: string;
  /** VS Code's identifier. */
  readonly languageId: string;
  /** See `readImageLinks`. */
  readonly read: (text: string, languageId: string) => readonly ImageLink[];
}

/** A change, and the edit that makes it. */
interface Attempt {
  readonly change: PathChange;
  readonly edit: LinkEdit;
}

const byStart = (one: ImageLink, other: ImageLink): number => one.pathRange.start - other.pathRange.start;

/** The text after edits, which do not overlap and are in the order of the text. */
function applied(text: string, edits: readonly LinkEdit[]): string {
  let [result, offset] = ["", 0];
  for (const { start, end, text: inserted } of edits) {
    result += text.slice(offset, start) + inserted;
    offset = end;
  }
  return result + text.slice(offset);
}

/** Whether the edited text has the same links in the same places, with the new paths. */
function isRight({ text, languageId, read }: ReadText, attempts: readonly Attempt[]): boolean {
  const edits = attempts.map(({ edit }) => edit);
  const shift = (offset: number) =>
    edits
      .filter(({ start }) => start < offset)
      .reduce((sum, { start, end, text: inserted }) => sum + inserted.length - (end - start), offset);
  const pathAt = new Map(attempts.map(({ change, edit }) => [edit.start, change.path]));
  const before = read(text, languageId).toSorted(byStart);
  const after = read(applied(text, edits), languageId).toSorted(byStart);
  return (
    before.length === after.length &&
    before.every((link, index) => {
      const [found, start] = [after[index], link.pathRange.start];
      const isUnchanged = !pathAt.has(start);
      return (
        found !== undefined &&
        found.pathRange.start === shift(start) &&
        found.pathRange.end === shift(link.pathRange.end) &&
        found.path === (pathAt.get(start) ?? link.path) &&
        found.alt === link.alt &&
        (!isUnchanged || found.written === link.written)
      );
    })
  );
}

const attemptsOf = ({ languageId }: ReadText, change: PathChange): readonly Attempt[] =>
  writtenPaths(languageId, change.link, change.path).map((text) => ({
    change,
    edit: { ...change.link.pathRange, text },
  }));

/**
 * The edits that give links other paths and change nothing else, in the order of the text. The
 * edited text is read again, and an edit after which it has other links is left out: a language may
 * have no way to name a file.
 */
export function rewriteLinks(document: ReadText, changes: readonly PathChange[]): readonly LinkEdit[] {
  // Several links may have their path in one place, where Markdown defines a reference.
  const unique = [...new Map(changes.map((change) => [change.link.pathRange.start, change])).values()];
  const sorted = unique.toSorted((one, other) => byStart(one.link, other.link));
  const all = sorted.map((change) => attemptsOf(document, change));
  const first = all.flatMap(([best]) => best ?? []);
  if (first.length === all.length && isRight(document, first)) {
    return first.map(({ edit }) => edit);
  }
  return all
    .flatMap((attempts) => attempts.find((attempt) => isRight(document, [attempt])) ?? [])
    .map(({ edit }) => edit);
}
