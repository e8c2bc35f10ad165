import { readFileSync } from "node:fs";
import type { Node } from "typescript/unstable/ast";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isTemplateHead,
  isTemplateMiddle,
  isTemplateTail,
} from "typescript/unstable/ast/is";
import { expect, it } from "vitest";
import { bundlePath, formatBundle } from "../../scripts/l10n.ts";
import { visitLocalizedFiles } from "../../scripts/localizedTexts.ts";
import { untranslatedWords } from "./templateTexts.ts";

const isText = (node: Node): boolean =>
  [isStringLiteral, isNoSubstitutionTemplateLiteral, isTemplateHead, isTemplateMiddle, isTemplateTail].some((is) =>
    is(node),
  );

/** Whether a text is source code that the user copies. */
const isCode = (text: string): boolean => /^const .* = /mu.test(text);

/** Whether a text has two words and is neither markup nor code. */
const hasWords = (text: string): boolean => !text.includes("<") && !isCode(text) && /[A-Za-z’']+ [a-z]+/u.test(text);

/** Errors that only developers and the log read. */
const internalErrors: ReadonlySet<string> = new Set(["Error", "TransportError", "AnswerTooLargeError"]);

/** Whether a call's texts are translated, or are only for logs and programming errors. */
function isTranslatedOrInternal(node: Node): boolean {
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression;
    const isLog = /(?:^|\.)#?log$/u.test(expression.getText()) && name.text !== "show";
    return isLog || node.expression.getText() === "l10n.t";
  }
  return isNewExpression(node) && isIdentifier(node.expression) && internalErrors.has(node.expression.text);
}

/** The untranslated texts below a node. */
function untranslated(node: Node): readonly string[] {
  if (isTranslatedOrInternal(node)) {
    return [];
  }
  // Templates are markup and styles: `untranslatedWords` reads the words of the markup.
  if (isTaggedTemplateExpression(node)) {
    const { template } = node;
    return isTemplateExpression(template)
      ? template.templateSpans.flatMap(({ expression }) => untranslated(expression))
      : [];
  }
  const text = isText(node)
    ? node
        .getText()
        .replace(/^["`}]|(?:["`]|\$\{)$/gu, "")
        .trim()
    : "";
  const own = hasWords(text) ? [text] : [];
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  return [...own, ...children.flatMap(untranslated)];
}

/**
 * Texts that are not sentences: a policy, the signature of a file format, the identity of a
 * request, CSS classes, a selector, a path.
 */
const exemptTexts = [
  ...["trusted-types lit-html", "version https://git-lfs.github.com/spec/", "try again"],
  ...["note error", "count over", ".ask vscode-button", "images/{slug}"],
];

/** Layers whose texts all go through `l10n.t`. */
const translatedLayers = ["src/host/", "src/core/", "src/imaging/", "src/panel/", "src/compare/", "src/webview/"];

/** Layers whose `html` templates, labels and announcements are examined word by word. */
const pageLayers = ["src/panel/", "src/compare/", "src/webview/"];

it("puts every sentence that a user reads through l10n.t", () => {
  const found: { path: string; text: string }[] = [];
  let fileCount = 0;
  visitLocalizedFiles((path, file) => {
    const isIn = (folder: string) => path.startsWith(folder);
    if (translatedLayers.some(isIn)) {
      fileCount += 1;
      const words = pageLayers.some(isIn) ? untranslatedWords(file) : [];
      found.push(...[...untranslated(file), ...words].map((text) => ({ path, text })));
    }
  });
  expect(fileCount).toBeGreaterThan(100);
  expect(found.filter(({ text }) => !exemptTexts.includes(text))).toEqual([]);
});

it("has exactly the texts of the code in the bundle for translators (npm run fix)", () => {
  expect(readFileSync(bundlePath, "utf8")).toBe(formatBundle());
});
