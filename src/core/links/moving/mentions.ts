/** The ends of names of images. */
const anyImage = /\.(?:png|jpe?g|webp|gif|svg|ico|avif|bmp)(?![\w])|\\includegraphics/i;

/** Up to this many names, a text is searched for each of them. */
export const maxNames = 50;

/**
 * A pattern for the name of a file as a link may contain it: each character but letters and digits
 * may be escaped, which takes at most twelve others.
 */
function patternOf(name: string): string {
  const stem = name.replace(/\.\w+$/, "");
  const escaped = stem
    .split(/([A-Za-z0-9]+)/)
    .map((part, index) => (index % 2 === 1 || part === "" ? part : `[^/\\r\\n]{${part.length},${part.length * 12}}`));
  // LaTeX needs no extension.
  return `${escaped.join("")}(?:\\${name.slice(stem.length)}|\\})`;
}

/** A pattern that is found in each text with a link to one of the files; it may be in others. */
export function mentionPattern(names: readonly string[]): RegExp {
  const unique = [...new Set(names)];
  return unique.length > maxNames ? anyImage : new RegExp(unique.map(patternOf).join("|"), "i");
}

/** A pattern for texts with links to any images. */
export const anyMention = anyImage;
