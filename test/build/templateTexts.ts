import type { Node } from "typescript/unstable/ast";
import { isTaggedTemplateExpression, isTemplateExpression } from "typescript/unstable/ast/is";
import { hasLetters, literalsOf, textOf, valueMark } from "./textNodes.ts";

/** Attributes and properties that the user sees, or that a screen reader reads out. */
const shownAttribute =
  /(?<=[\s.])(?:aria-label|ariaLabel|aria-valuetext|aria-description|aria-roledescription|title|label|placeholder|alt)=(?:"([^"]*)"|([^\s>]+))/gu;

/** Words in the text and in the shown attributes of one page template that nothing translates. */
export function wordsOfTemplate(node: Node): readonly string[] {
  if (!isTaggedTemplateExpression(node) || !["html", "svg"].includes(node.tag.getText())) return [];
  const { template } = node;
  const text = textOf(template) ?? "";
  const values = isTemplateExpression(template) ? template.templateSpans.map(({ expression }) => expression) : [];
  const words = text
    .replace(/<!--[\s\S]*?-->/gu, "")
    .split(/<[^<>]*>/u)
    .map((part) => part.replaceAll(valueMark, " ").trim());
  for (const match of text.matchAll(shownAttribute)) {
    const [, quoted, bare] = match;
    const first = text.slice(0, match.index).split(valueMark).length - 1;
    const own = (quoted ?? bare ?? "").split(valueMark);
    words.push(...own, ...values.slice(first, first + own.length - 1).flatMap(literalsOf));
  }
  return words.filter(hasLetters);
}
