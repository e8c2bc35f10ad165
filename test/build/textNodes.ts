import type { Node } from "typescript/unstable/ast";
import {
  isCallExpression,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
} from "typescript/unstable/ast/is";

/** Stands for a value in the text of a template. */
export const valueMark = "{}";

/** The text of a string or a template, with a mark for each value; `undefined` for other nodes. */
export function textOf(node: Node): string | undefined {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
  return isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(valueMark)
    : undefined;
}

/** The children of a node. */
export function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  return children;
}

/** The literals that can be the value of an expression, or a part of it. */
export function literalsOf(node: Node): readonly string[] {
  const text = textOf(node);
  if (text !== undefined) return [text];
  if (isCallExpression(node) || isNewExpression(node) || isTaggedTemplateExpression(node)) return [];
  // The condition of `a === "b" ? c : d` is no text.
  return childrenOf(node)
    .filter((child) => !/===|!==/u.test(child.getText()))
    .flatMap(literalsOf);
}

/** Names that are the same in all languages, settings, classes of errors, and icons. */
const properNames =
  /\b(?:Limn|limn\.[\w.]+|JPG|PNG|WebP|JPEG XL|URL|HTTP|px|[12]K|Kling IMAGE \S+|VS Code|GitHub Actions|\w+Error)\b|\$\([\w-]+\)/gu;

/** Whether a text has letters that a translator would have to see. */
export const hasLetters = (text: string): boolean => /\p{L}/u.test(text.replace(properNames, ""));

/** Whether a text starts with a capital letter, as labels do and codes do not. */
export const isCapitalized = (text: string): boolean => /^\P{L}*\p{Lu}/u.test(text);
