/** All forms of line breaks. */
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/**
 * Characters that no service should get: NUL and other controls, halves of characters, a byte order
 * mark.
 */
const unsendableCharacters = /\p{Cs}|\ufeff|(?![\n\t])\p{Cc}/gu;

/**
 * Anything visible. Joiners, fillers, combining marks and the blank Braille pattern are invisible
 * on their own.
 */
const visibleCharacter = /[^\s\p{Default_Ignorable_Code_Point}\p{C}\p{M}\u2800]/u;

/**
 * The prompt as it is sent: without control characters, halves of characters, and space around it.
 * Empty if nothing in it is visible. Everything that buys cleans its prompt with this function.
 */
export function cleanPrompt(text: string): string {
  const clean = text.replace(lineBreaks, "\n").replace(unsendableCharacters, "").trim();
  return visibleCharacter.test(clean) ? clean : "";
}
