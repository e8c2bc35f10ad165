/**
 * Characters that turn the direction of what follows them, and so can make a name read as another:
 * `cod\u202Egpj.js` looks like `codsj.jpg`. Source: Unicode Standard Annex 9, 2.
 */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A text with foreign words in it (names, prompts, the service's messages) in which such characters
 * are seen, as `‹U+202E›`: the form of paths too.
 */
export const escapeBidiControls = (text: string): string =>
  text.replace(bidiControls, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase()}›`);
