import type { Node } from "typescript/unstable/ast";
import { isTaggedTemplateExpression, isTemplateExpression } from "typescript/unstable/ast/is";
import { hasLetters, isCapitalized, literalsOf, textOf, valueMark } from "./textNodes.ts";

/** The name of an attribute that the user sees, or that a screen reader reads out. */
export const shownAttribute =
  /^(?:aria-(?:label|valuetext|description|roledescription|placeholder)|aria(?:Label|ValueText|Description|RoleDescription|Placeholder)|title|label|placeholder|alt)$/u;

/** An attribute or a property, such as `title="…"`, `.value=${…}` or `?title=${…}`. */
const attribute = /(?<=[\s.?])(?<name>[a-zA-Z-]+)=(?:"(?<quoted>[^"]*)"|(?<bare>[^\s>]+))/gu;

/** The value of a control is a text for the user, or a code. */
const isTextOfValue = (text: string): boolean => isCapitalized(text) || /\s/u.test(text.trim());

/** Words in the text and in the shown attributes of one page template that nothing translates. */
export function wordsOfTemplate(node: Node): readonly string[] {
  if (!isTaggedTemplateExpression(node) || !["html", "svg"].includes(node.tag.getText())) return [];
  const { template } = node;
  const text = textOf(template) ?? "";
  const values = isTemplateExpression(template) ? template.templateSpans.map(({ expression }) => expression) : [];
  /** The literals between two places of the text: its own ones, and those of its values. */
  const literalsBetween = (start: number, own: string): readonly string[] => {
    const first = text.slice(0, start).split(valueMark).length - 1;
    const parts = own.split(valueMark);
    return [...parts, ...values.slice(first, first + parts.length - 1).flatMap(literalsOf)];
  };
  const content = [...text.matchAll(/(?<=^|>)[^<>]+(?=<|$)/gu)].flatMap(({ 0: own, index }) =>
    literalsBetween(index, own),
  );
  const attributes = [...text.matchAll(attribute)].flatMap(({ index, groups }) => {
    const { name = "", quoted, bare } = groups ?? {};
    if (name !== "value" && !shownAttribute.test(name)) return [];
    const literals = literalsBetween(index, quoted ?? bare ?? "");
    return name === "value" ? literals.filter(isTextOfValue) : literals;
  });
  return [...content.map((word) => word.trim()), ...attributes].filter(hasLetters);
}
