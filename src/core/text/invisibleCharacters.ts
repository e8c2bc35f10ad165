/**
 * Characters that are invisible, or that change how others look: direction marks, zero-width signs,
 * line separators, controls, fillers. A joiner after an emoji, or after a letter of a script that
 * writes with joiners, is part of the text. Sources: Unicode TR 36, 2 and UAX 31, 2.3.
 */
const invisibleCharacters =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\p{M}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}])[\u200c\u200d]|(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/**
 * Characters that reverse the direction of the text after them, so that a name looks like another:
 * `cod\u202Egpj.js` looks like `codsj.jpg`. Source: Unicode Standard Annex 9, 2.
 */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/gu;

const escapedCharacters = /‹U\+([0-9A-F]{4,6})›/g;

/** The code of a character for display: `‹U+202E›`. */
export const escapeCharacter = (character: string): string =>
  `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`;

/** A name or path for display: every invisible character is written as `‹U+202E›`. */
export const escapeInvisible = (text: string): string =>
  text.replaceAll("‹U+", `${escapeCharacter("‹")}U+`).replace(invisibleCharacters, escapeCharacter);

/** Reverses `escapeInvisible`. */
export const unescapeInvisible = (text: string): string =>
  text.replace(escapedCharacters, (match, hex: string) => {
    const code = Number.parseInt(hex, 16);
    const character = code > 0x10ffff ? match : String.fromCodePoint(code);
    return character === "‹" || escapeInvisible(character) === match ? character : match;
  });

/**
 * Text from outside (names, prompts, messages of the service) for display, with direction controls
 * written as `‹U+202E›`.
 */
export const escapeBidiControls = (text: string): string => text.replace(bidiControls, escapeCharacter);
