/** Percent-encodes an ASCII character that `encodeURIComponent` keeps. */
export const encodeCharacter = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Percent-encodes each part of a path. */
export const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** Quotes and parentheses end a value or an address in some languages. */
export const encodeDelimiters = (path: string): string => path.replace(/['()]/g, encodeCharacter);
