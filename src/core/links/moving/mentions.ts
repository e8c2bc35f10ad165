/** The ends of names of images. */
const anyImage = /\.(?:png|jpe?g|webp|gif|svg|ico|avif|bmp)(?![\w])|\\includegraphics/i;

/** Up to this many names, a text is searched for each of them. */
export const maxNames = 50;

/** Shorter parts of a name are in most texts. */
const minLength = 3;

/**
 * A pattern for the name of a file as a link may contain it. Each character but letters and digits
 * may be escaped, so it is the longest part without them. It has no gaps of variable length:
 * several of them would take exponential time for names such as `a-a-a-a.png`.
 */
function patternOf(name: string): string {
  const [, stem = "", extension = ""] = /^(.*?)(\.\w+)?$/s.exec(name) ?? [];
  const runs = stem.match(/[A-Za-z0-9]+/g) ?? [];
  const parts = runs.map((run) => ({ pattern: run, length: run.length }));
  const last = runs.at(-1);
  if (last !== undefined && stem.endsWith(last) && extension !== "") {
    // LaTeX needs no extension.
    parts.push({ pattern: `${last}(?:\\${extension}|\\})`, length: last.length + extension.length });
  }
  const [longest] = parts.toSorted((one, other) => other.length - one.length);
  return longest !== undefined && longest.length >= minLength ? longest.pattern : anyImage.source;
}

/** A pattern that is found in each text with a link to one of the files; it may be in others. */
export function mentionPattern(names: readonly string[]): RegExp {
  const unique = [...new Set(names)];
  return unique.length > maxNames ? anyImage : new RegExp(unique.map(patternOf).join("|"), "i");
}

/** A pattern for texts with links to any images. */
export const anyMention = anyImage;
