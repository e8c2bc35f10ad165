/**
 * Maximum number of UTF-16 code units of a text that the panel's page sends, and of a saved prompt.
 */
export const maxTextLength = 20_000;
