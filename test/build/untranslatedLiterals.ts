import type { Node } from "typescript/unstable/ast";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isLiteralTypeNode,
  isMethodDeclaration,
  isNewExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isVariableDeclaration,
} from "typescript/unstable/ast/is";
import { shownAttribute, wordsOfTemplate } from "./templateTexts.ts";
import { childrenOf, hasLetters, isCapitalized, literalsOf, textOf } from "./textNodes.ts";

/** Markup in a text. Words in angle brackets that only look like it do not match. */
const tag = /<!--[\s\S]*?-->|<!DOCTYPE html>|<\/?[a-z][\w-]*(?:\s+[\w:.@?-]+=(?:"[^"]*"|\{\}))*\s*\/?>/gu;

/** One word, or the value of a template, with the punctuation around it. */
const word = /^[("“‘<]*(?:\p{L}[\p{L}’']*|\{\})[.,:;!?…)"”’>]*$/u;

/** Whether a text is source code that the user copies. */
const isCode = (text: string): boolean => /^const .* = /mu.test(text);

/** Whether a text has two words side by side. The value of a template counts as one. */
function hasWords(text: string): boolean {
  if (isCode(text) || !hasLetters(text)) return false;
  const parts = text.replace(tag, " ").split(/\s+/u);
  return parts.some((part, index) => {
    const next = parts[index + 1] ?? "";
    return word.test(part) && word.test(next) && /\p{L}{2}/u.test(part + next);
  });
}

/** Errors that only developers and the log read. */
const internalErrors: ReadonlySet<string> = new Set(["Error", "TransportError", "AnswerTooLargeError"]);

/** Whether a call's texts are only for logs and programming errors. */
function isInternal(node: Node): boolean {
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression;
    return /(?:^|\.)#?log$/u.test(expression.getText()) && name.text !== "show";
  }
  return isNewExpression(node) && isIdentifier(node.expression) && internalErrors.has(node.expression.text);
}

/** Names of what the user sees, or what a screen reader announces. */
const shownName =
  /^#?(?:name|label|title|text|hint|announcement|reason|placeholder|placeHolder|description|detail|tooltip|prompt|message|textContent|innerText|\w+(?:Label|Title|Text|Message))$/u;

/** Names of tables of such texts. */
const shownTable = /^#?(?:labels|titles|texts|hints|messages|\w+(?:Labels|Titles|Texts|Hints|Messages))$/u;

/** Functions whose arguments the user sees, or that a screen reader announces. */
const shownArgument = /^(?:announce|notify(?:Warning)?|show\w*Message|showQuickPick|\w+Error)$/u;

/** The property of an object that a node sets, and its value. */
function setProperty(node: Node): { readonly name: Node; readonly value: Node } | undefined {
  if (isPropertyAssignment(node)) return { name: node.name, value: node.initializer };
  return isBinaryExpression(node) && node.operatorToken.getText() === "=" && isPropertyAccessExpression(node.left)
    ? { name: node.left.name, value: node.right }
    : undefined;
}

/** The nodes in which a capitalized literal is shown: parts of a declaration, or arguments. */
function nodesWithLabels(node: Node): readonly Node[] {
  // A text that is made when it is needed, as in a table of messages.
  if (isArrowFunction(node)) return textOf(node.body) === undefined ? [] : [node.body];
  if (isCallExpression(node) || isNewExpression(node)) {
    const { expression } = node;
    const name = isPropertyAccessExpression(expression) ? expression.name : expression;
    return shownArgument.test(name.getText()) ? (node.arguments ?? []) : [];
  }

  const isDeclaration = [isVariableDeclaration, isPropertyDeclaration, isFunctionDeclaration, isMethodDeclaration].some(
    (is) => is(node),
  );
  const name =
    childrenOf(node)
      .find((child) => isIdentifier(child) || isPrivateIdentifier(child))
      ?.getText() ?? "";
  if (isDeclaration && shownName.test(name)) return childrenOf(node);
  if (!isDeclaration || !shownTable.test(name)) return [];
  // A table can be a map or a set.
  return childrenOf(node).flatMap((child) => (isNewExpression(child) ? [...(child.arguments ?? [])] : [child]));
}

const isTranslation = (node: Node): boolean => isCallExpression(node) && node.expression.getText() === "l10n.t";

const hasTranslation = (node: Node): boolean =>
  isTranslation(node) || (!isCallExpression(node) && childrenOf(node).some(hasTranslation));

/** Whether texts are joined, with a translated one among them. */
const isJoinedTranslation = (node: Node): boolean =>
  isBinaryExpression(node) && node.operatorToken.getText() === "+" && hasTranslation(node);

/** The value in `setAttribute("title", …)` of an attribute that is shown. */
function valueOfShownAttribute(node: Node): readonly Node[] {
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return [];
  const [name, ...values] = node.arguments;
  const isShown = node.expression.name.text === "setAttribute" && name !== undefined;
  return isShown && shownAttribute.test(textOf(name) ?? "") ? values : [];
}

/** Literals, also of one word, that a node shows. */
function shownLiterals(node: Node): readonly string[] {
  const property = setProperty(node);
  const isShown = property !== undefined && shownName.test(property.name.getText());
  return [
    ...(isShown ? literalsOf(property.value) : []),
    ...(isJoinedTranslation(node) ? literalsOf(node) : []),
    ...valueOfShownAttribute(node).flatMap(literalsOf),
    ...nodesWithLabels(node).flatMap(literalsOf).filter(isCapitalized),
  ].filter(hasLetters);
}

/** The texts below a node that a user can read, and that nothing translates. */
export function untranslatedLiterals(node: Node): readonly string[] {
  if (isInternal(node) || isImportDeclaration(node) || isLiteralTypeNode(node)) return [];
  if (isCallExpression(node) && isTranslation(node)) {
    const values = node.arguments.slice(1);
    return [...values.flatMap(literalsOf).filter(hasLetters), ...values.flatMap(untranslatedLiterals)];
  }
  // Tagged templates are markup and styles, which `wordsOfTemplate` reads.
  if (isTaggedTemplateExpression(node)) {
    const spans = isTemplateExpression(node.template) ? node.template.templateSpans : [];
    return [...wordsOfTemplate(node), ...spans.flatMap(({ expression }) => untranslatedLiterals(expression))];
  }
  const text = textOf(node) ?? "";
  return [...(hasWords(text) ? [text] : []), ...shownLiterals(node), ...childrenOf(node).flatMap(untranslatedLiterals)];
}
