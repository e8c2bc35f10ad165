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

/** A change, and the ways to write it that are not ruled out; the best first. */
interface Attempt {
  readonly change: PathChange;
  readonly texts: readonly [string, ...string[]];
}

/** What the edited text says of attempts. */
interface Verdict {
  /** Whether all other links are as they were, in their places. */
  readonly isWhole: boolean;
  /** The attempts after which their link has another path than it should. */
  readonly wrong: ReadonlySet<Attempt>;
}

/**
 * Times that a text is read at most. Only paths that change the meaning of the text around them
 * need more than a few; those that are not settled by then are left out.
 */
const maxReads = 40;

const byStart = (one: ImageLink, other: ImageLink): number => one.pathRange.start - other.pathRange.start;

const editOf = ({ change, texts: [text] }: Attempt): LinkEdit => ({ ...change.link.pathRange, text });

/** The text after edits, which do not overlap and are in the order of the text. */
function applied(text: string, edits: readonly LinkEdit[]): string {
  const parts: string[] = [];
  let offset = 0;
  for (const { start, end, text: inserted } of edits) {
    parts.push(text.slice(offset, start), inserted);
    offset = end;
  }
  return [...parts, text.slice(offset)].join("");
}

/** Compares the links before and after the edits of attempts; all in the order of the text. */
function compare(before: readonly ImageLink[], after: readonly ImageLink[], attempts: readonly Attempt[]): Verdict {
  const wrong = new Set<Attempt>();
  let isWhole = before.length === after.length;
  let [next, shift] = [0, 0];
  for (const [index, { pathRange, path, alt, written }] of before.entries()) {
    let attempt = attempts[next];
    while (attempt !== undefined && attempt.change.link.pathRange.start < pathRange.start) {
      const { start, end, text } = editOf(attempt);
      shift += text.length - (end - start);
      attempt = attempts[++next];
    }
    const own = attempt?.change.link.pathRange.start === pathRange.start ? attempt : undefined;
    const found = after[index];
    const start = pathRange.start + shift;
    const length = own === undefined ? pathRange.end - pathRange.start : own.texts[0].length;
    const isThere = found?.pathRange.start === start && found.alt === alt;
    const isSame = isThere && found.pathRange.end === start + length && found.path === (own?.change.path ?? path);
    if (own === undefined) isWhole &&= isSame && found.written === written;
    else if (!isSame) wrong.add(own);
  }
  return { isWhole, wrong };
}

/** The attempt with its next text; none if there is no other. */
function nextOf({ change, texts: [, next, ...more] }: Attempt): readonly Attempt[] {
  return next === undefined ? [] : [{ change, texts: [next, ...more] }];
}

/** Judges attempts; `undefined` if that would take too long. */
type Judge = (attempts: readonly Attempt[]) => Verdict | undefined;

const isRight = (verdict: Verdict | undefined): boolean => verdict?.isWhole === true && verdict.wrong.size === 0;

/** The attempts that are right together, each with the best text that is. */
function settle(attempts: readonly Attempt[], judge: Judge): readonly Attempt[] {
  const verdict = attempts.length === 0 ? undefined : judge(attempts);
  if (verdict === undefined || isRight(verdict)) {
    return verdict === undefined ? [] : attempts;
  }
  const { isWhole, wrong } = verdict;
  if (isWhole) {
    const retried = attempts.flatMap((one) => (wrong.has(one) ? nextOf(one) : one));
    return settle(retried, judge);
  }
  // One of them changes what the text around it means, so it is not known which are wrong.
  const texts = [...new Set(attempts.map(({ texts: [best] }) => best))];
  if (texts.length === 1) {
    const others = settle(attempts.flatMap(nextOf), judge);
    if (others.length === attempts.length || attempts.length === 1) return others;
  }
  const firstTexts = new Set(texts.slice(0, texts.length / 2));
  const isFirst = (one: Attempt, index: number) =>
    texts.length > 1 ? firstTexts.has(one.texts[0]) : index < attempts.length / 2;
  const first = settle(attempts.filter(isFirst), judge);
  const second = settle(
    attempts.filter((one, index) => !isFirst(one, index)),
    judge,
  );
  const both = [...first, ...second].toSorted((one, other) => byStart(one.change.link, other.change.link));
  const isKnown = first.length === 0 || second.length === 0;
  return isKnown || isRight(judge(both)) ? both : first;
}

/**
 * The edits that give links other paths and change nothing else, in the order of the text. The
 * edited text is read again, and an edit after which it has other links is left out: a language may
 * have no way to name a file.
 */
export function rewriteLinks(
  { text, languageId, read }: ReadText,
  changes: readonly PathChange[],
): readonly LinkEdit[] {
  // Several links may have their path in one place, where Markdown defines a reference.
  const unique = [...new Map(changes.map((change) => [change.link.pathRange.start, change])).values()];
  const sorted = unique.toSorted((one, other) => byStart(one.link, other.link));
  const attempts = sorted.flatMap((change) => {
    const [best, ...others] = writtenPaths(languageId, change.link, change.path);
    return best === undefined ? [] : [{ change, texts: [best, ...others] as const }];
  });
  const linksIn = (one: string) => read(one, languageId).toSorted(byStart);
  const before = attempts.length === 0 ? [] : linksIn(text);
  let reads = 0;
  const judge: Judge = (some) =>
    reads++ < maxReads ? compare(before, linksIn(applied(text, some.map(editOf))), some) : undefined;
  return settle(attempts, judge).map(editOf);
}
