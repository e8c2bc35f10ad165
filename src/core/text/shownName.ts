import { escapeInvisible } from "./invisibleCharacters.ts";

/** Maximum number of characters that are shown; ids of Runware's models have about 30. */
const maxCharacters = 80;

/**
 * The id of a model, or another value that Limn does not know, for display. It may come from any
 * file, so it may be of any length and hold characters that disguise the text after it.
 */
export function shownName(name: string): string {
  // A long name is cut before it is split into characters, which is slow.
  const characters = [...name.slice(0, 2 * maxCharacters + 2)];
  return escapeInvisible(
    characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join("")}…` : name,
  );
}
