import { escapeInvisible } from "../text/invisibleCharacters.ts";

/** Most characters of an id that are shown; those of Runware have about 30. */
const maxCharacters = 80;

/**
 * The id of a model for display. It may come from a foreign file, so it may be of any length and
 * hold characters that disguise the text after it.
 */
export function shownModelId(id: string): string {
  // A long id is cut before it is split into characters, which is slow.
  const characters = [...id.slice(0, 2 * maxCharacters + 2)];
  return escapeInvisible(
    characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join("")}…` : id,
  );
}
