/** A part without space around it and without a second full stop at its end. An ellipsis stays. */
const trimPart = (part: string): string => part.trim().replace(/(?<=[^.])\.\.$/u, ".");

/** Whether a text ends a sentence, also inside a quotation or brackets. */
const endsSentence = (text: string): boolean => /[.!?…。！？]["'”’»)\]]*$/u.test(text);

/**
 * Joins the sentences of a message, each with exactly one full stop at its end. Empty parts are
 * dropped.
 */
export const joinSentences = (...parts: readonly string[]): string =>
  parts
    .map(trimPart)
    .filter((part) => part !== "")
    .map((part) => (endsSentence(part) ? part : `${part}.`))
    .join(" ");

/** Names in quotation marks, separated by commas. */
export const quotedList = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(", ");
