import type { Node } from "typescript/unstable/ast";
import {
  isCallExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAssignment,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
} from "typescript/unstable/ast/is";

/** Stands for a value in the text of a template. */
const valueMark = "\0";

/** Attributes and properties that the user sees, or that a screen reader reads out. */
const readAttribute =
  /(?<=[\s.])(?:aria-label|ariaLabel|aria-valuetext|title|label|placeholder|alt)=(?:"([^"]*)"|([^\s>]+))/gu;

/** Properties of objects whose value the user sees, or a screen reader announces. */
const readProperty = /^(?:name|label|title|text|hint|announcement|reason|placeholder)$/u;

/** Names that are the same in all languages. */
const properNames = /\b(?:Limn|JPG|PNG|WebP|URL|px|[12]K)\b/gu;

/** Whether a text has letters that a translator would have to see. */
const hasLetters = (text: string): boolean => /\p{L}/u.test(text.replace(properNames, ""));

/** The template of an `html` tag, with a mark for each value, and its values. */
function parseTemplate(node: Node): { readonly text: string; readonly values: readonly Node[] } | undefined {
  if (!isTaggedTemplateExpression(node) || node.tag.getText() !== "html") return undefined;
  const { template } = node;
  if (isNoSubstitutionTemplateLiteral(template)) return { text: template.text, values: [] };
  if (!isTemplateExpression(template)) return undefined;
  const text = [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join(valueMark);
  return { text, values: template.templateSpans.map(({ expression }) => expression) };
}

/** The string literals that are the value of an expression, or one of its two outcomes. */
function literalsOf(node: Node): readonly string[] {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (isCallExpression(node)) return [];
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  // The condition of `a === "b" ? c : d` is no text.
  return children.filter((child) => !/===|!==/u.test(child.getText())).flatMap(literalsOf);
}

/** Words in the text and in the read attributes of one `html` template that nothing translates. */
function wordsOfTemplate(node: Node): readonly string[] {
  const template = parseTemplate(node);
  if (template === undefined) return [];
  const { text, values } = template;
  const words = text
    .replace(/<!--[\s\S]*?-->/gu, "")
    .split(/<[^<>]*>/u)
    .map((part) => part.replaceAll(valueMark, " ").trim());
  for (const match of text.matchAll(readAttribute)) {
    const [, quoted, bare] = match;
    const first = text.slice(0, match.index).split(valueMark).length - 1;
    const own = (quoted ?? bare ?? "").split(valueMark);
    words.push(...own, ...values.slice(first, first + own.length - 1).flatMap(literalsOf));
  }
  return words.filter(hasLetters);
}

/** Words that a page shows, or announces, and that nothing translates. */
export function untranslatedWords(node: Node): readonly string[] {
  const own: string[] = [...wordsOfTemplate(node)];
  if (isPropertyAssignment(node) && isIdentifier(node.name) && readProperty.test(node.name.text)) {
    own.push(...literalsOf(node.initializer).filter(hasLetters));
  }
  if (isCallExpression(node) && node.expression.getText() === "announce") {
    own.push(...node.arguments.flatMap(literalsOf).filter(hasLetters));
  }
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  return [...own, ...children.flatMap(untranslatedWords)];
}
