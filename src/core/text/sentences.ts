/**
 * A part without the space around it, and without a second full stop at its end; an ellipsis stays.
 */
const trimPart = (part: string): string => part.trim().replace(/(?<=[^.])\.\.$/u, ".");

/** Whether a text ends a sentence, be it within a quotation or brackets. */
const endsSentence = (text: string): boolean => /[.!?…。！？]["'”’»)\]]*$/u.test(text);

/** Joins parts of a message, each ended by exactly one full stop; empty parts fall away. */
export const joinSentences = (...parts: readonly string[]): string =>
  parts
    .map(trimPart)
    .filter((part) => part !== "")
    .map((part) => (endsSentence(part) ? part : `${part}.`))
    .join(" ");
