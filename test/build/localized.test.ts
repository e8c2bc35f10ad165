import type { Node } from "typescript/unstable/ast";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTemplateHead,
  isTemplateMiddle,
  isTemplateTail,
} from "typescript/unstable/ast/is";
import { API } from "typescript/unstable/sync";
import { afterAll, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";

const config = `${root}/src/host/tsconfig.json`;
const api = new API({ cwd: root });
const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);

afterAll(() => api.close());

const isText = (node: Node): boolean =>
  [isStringLiteral, isNoSubstitutionTemplateLiteral, isTemplateHead, isTemplateMiddle, isTemplateTail].some((is) =>
    is(node),
  );

/** Two words of a language, and not of a markup. */
const hasWords = (text: string): boolean => !text.includes("<") && /[A-Za-z’']+ [a-z]+/u.test(text);

/**
 * Whether a call takes words that are translated, or words that no user reads: the log's, and those
 * of faults of the code.
 */
function isTranslatedOrInternal(node: Node): boolean {
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression;
    const isLog = /(?:^|\.)#?log$/u.test(expression.getText()) && name.text !== "show";
    return isLog || node.expression.getText() === "l10n.t";
  }
  return isNewExpression(node) && isIdentifier(node.expression) && node.expression.text === "Error";
}

/** The texts below a node that nothing translates. */
function untranslated(node: Node): readonly string[] {
  if (isTranslatedOrInternal(node)) {
    return [];
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
 * Texts that are no sentences: a policy, the first words of a file's format, the identity of an
 * order.
 */
const exemptTexts = ["trusted-types lit-html", "version https://git-lfs.github.com/spec/", "try again"];

it("puts every sentence of src/host that a user reads through l10n.t", () => {
  const names = project?.program.getSourceFileNames().filter((name) => name.startsWith(`${root}/src/host/`)) ?? [];
  expect(names.length).toBeGreaterThan(90);
  const found = names.flatMap((name) => {
    const file = project?.program.getSourceFile(name);
    return (file === undefined ? [] : untranslated(file)).map((text) => ({ name: name.slice(root.length), text }));
  });
  expect(found.filter(({ text }) => !exemptTexts.includes(text))).toEqual([]);
});
