import { encodeCharacter, encodeDelimiters } from "./percentEncode.ts";

/**
 * A reference to an attribute, which AsciiDoc would replace by its value. Source: AsciiDoc Language
 * Documentation, “Escape an Attribute Reference”.
 */
const attributeReference = /\{(?=(?:\w[\w-]*|(?:set|counter2?):.+?)\})/g;

/**
 * What would become another character, or escape one: a character reference, a backslash, and the
 * first sign of a closing quotation mark.
 */
const replaced = /&(?=#?\w+;)|\\|`(?=')/g;

/**
 * What AsciiDoc formats in a paragraph before it reads the macros in it: quotes, links, index
 * terms, description lists, attributes and passthroughs; and what would end the text of the macro.
 */
const formatted = /[*_`#^~+[\]@${"\\;]|&(?=#?\w+;)|<(?=<)|\((?=\()|:(?=\/\/|:)/g;

/** The same for a path: quotes, dashes and dots. */
const formattedInPath = /[*~]|_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_|(?<=-)-|(?<=\.\.)\./g;

/** AsciiDoc keeps character references to its last step. */
const characterReference = (character: string): string => `&#${character.charCodeAt(0)};`;

/** A path that is right in a block and in a paragraph. */
export const asciidocPath = (path: string): string => encodeDelimiters(path).replace(formattedInPath, encodeCharacter);

/** An image as a block: it has its own line. */
export const asciidocBlock = (path: string, alt: string): string => {
  const text = alt.replace(replaced, characterReference).replaceAll('"', '\\"').replace(attributeReference, "\\{");
  return `image::${path}["${text}"]`;
};

/** An image in a paragraph. */
export const asciidocInline = (path: string, alt: string): string =>
  `image:${asciidocPath(path)}["${alt.replace(formatted, characterReference)}"]`;
