// The entry of a bundle that the first inserted link loads.
import { importEdit, withDistinctImports } from "./importEdit.ts";
import type { LinkEdit, LinkedText, LinkForms } from "./linkEdit.ts";
import { type Placeholder, replacePlaceholder as replaceByLinks } from "./placeholder.ts";
import { placeLinks as placeAlone } from "./placement.ts";

export { codeAlone } from "./codeAlone.ts";
export { isInDeclaration } from "./cssDeclaration.ts";
export { findPlaceholder } from "./placeholder.ts";

/** See `placement.ts`; with the imports that the links need. */
export function placeLinks(document: LinkedText, offset: number, links: readonly LinkForms[]): LinkEdit {
  const distinct = withDistinctImports(links);
  const edit = placeAlone(document, offset, distinct);
  return { ...edit, imports: importEdit(document, distinct, edit.text) };
}

/** See `placeholder.ts`; with the imports that the links need. */
export function replacePlaceholder(
  document: LinkedText,
  placeholder: Placeholder,
  links: readonly LinkForms[],
): LinkEdit {
  const distinct = withDistinctImports(links);
  const edit = replaceByLinks(document, placeholder, distinct);
  return { ...edit, imports: importEdit(document, distinct, edit.text) };
}
