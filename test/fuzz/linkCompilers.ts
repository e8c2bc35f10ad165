// The compilers of the languages that neither a browser nor the CommonMark parser reads.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { convert } from "@asciidoctor/core";
import { parse as parseAstro, transform } from "@astrojs/compiler-rs";
import { evaluate } from "@mdx-js/mdx";
import { parse as parseLatex } from "@unified-latex/unified-latex-util-parse";
import { NodeTypes, parse as parseVue } from "@vue/compiler-dom";
import handlebars from "handlebars";
import less from "less";
import { compileString } from "sass";
import { parse as parseSvelte } from "svelte/compiler";
import type { ParsedMarkup } from "./writtenLinks.ts";

/** The template of a Vue component. The value of an expression is `undefined`. */
export function compileVue(template: string): ParsedMarkup {
  const { children } = parseVue(template);
  const elements = children.filter((node) => node.type === NodeTypes.ELEMENT);
  return {
    elements: elements.map(({ tag, props }) => ({
      name: tag,
      attributes: Object.fromEntries(
        props.map((prop) => [prop.name, prop.type === NodeTypes.ATTRIBUTE ? prop.value?.content : undefined]),
      ),
    })),
    text: children
      .filter((node) => !elements.some((element) => element === node))
      .map(({ loc }) => loc.source)
      .join(""),
  };
}

/** The template of a Svelte component. The value of an expression is `undefined`. */
export function compileSvelte(template: string): ParsedMarkup {
  const { nodes } = parseSvelte(template, { modern: true }).fragment;
  const textOfValue = (value: unknown): string | undefined => {
    const [part, ...others] = Array.isArray(value) ? value : [];
    return others.length === 0 && part?.type === "Text" ? part.data : undefined;
  };
  const isElement = (node: (typeof nodes)[number]) => node.type === "RegularElement" || node.type === "Component";
  return {
    elements: nodes.filter(isElement).map(({ name, attributes }) => ({
      name,
      attributes: Object.fromEntries(
        attributes.map((attribute) =>
          attribute.type === "Attribute" ? [attribute.name, textOfValue(attribute.value)] : [attribute.type, undefined],
        ),
      ),
    })),
    text: nodes
      .filter((node) => !isElement(node))
      .map(({ start, end }) => template.slice(start, end))
      .join(""),
  };
}

/** The elements of an MDX document, as its compiled code makes them. */
export async function compileMdx(source: string): Promise<ParsedMarkup> {
  const elements: { name: string; attributes: Record<string, unknown> }[] = [];
  let text = "";
  const jsx = (type: unknown, { children, ...attributes }: Record<string, unknown>) => {
    if (typeof type === "string") elements.push({ name: type, attributes });
    for (const child of [children].flat()) if (typeof child === "string") text += child;
    return undefined;
  };
  const { default: content } = await evaluate(source, { Fragment: Symbol("fragment"), jsx, jsxs: jsx });
  content({});
  return { elements, text };
}

/** Runs the compiled template of an Astro component. */
async function runAstro(source: string, context: Readonly<Record<string, unknown>>) {
  const { code, diagnostics } = await transform(source, { filename: "page.astro" });
  const [, template] = /return (\$\$render`[\s\S]*`);\n\}, "page\.astro"/.exec(code) ?? [];
  if (template === undefined || diagnostics.length > 0) throw new Error(JSON.stringify({ source, code, diagnostics }));
  const $$render = (strings: readonly string[], ...values: readonly string[]) =>
    String.raw({ raw: strings }, ...values);
  const html = runInNewContext(template, { $$render, $$maybeRenderHead: () => "", $$result: undefined, ...context });
  return String(html);
}

/** The HTML of an Astro component without expressions. */
export const compileAstro = (source: string): Promise<string> => runAstro(source, {});

/**
 * The modules that an Astro component imports, and the properties that it gives to `Image`. A name
 * that is imported has its module as value.
 */
export async function compileAstroComponent(source: string) {
  const { body } = (await parseAstro(source)).ast.frontmatter.program;
  const imports: readonly [name: string, from: string][] = body.map(
    (each: { specifiers: { local: { name: string } }[]; source: { value: string } }) => [
      each.specifiers[0]?.local.name,
      each.source.value,
    ],
  );
  const shown: unknown[] = [];
  const $$renderComponent = (_: unknown, __: string, ___: unknown, props: object) => shown.push({ ...props });
  await runAstro(source, { ...Object.fromEntries(imports), $$renderComponent });
  return { imports: imports.map(([, from]) => from), shown };
}

export const compileHandlebars = (template: string): string => handlebars.compile(template)({});

export const compileAsciidoc = async (source: string): Promise<string> => String(await convert(source));

/**
 * The HTML of a text in which Asciidoctor replaces characters as in any other, such as `(C)`.
 *
 * @param kept the characters that are not replaced.
 */
export function withAsciidocCharacters(text: string, kept: RegExp): Promise<string> {
  const references = text.replace(kept, (character) => `&#${character.charCodeAt(0)};`);
  const line = "+".repeat(200);
  return compileAsciidoc(`[subs="specialcharacters,replacements"]\n${line}\n${references}\n${line}`);
}

/** The CSS of a style sheet. */
export const compileStyles: Readonly<Record<"scss" | "sass" | "less", (source: string) => string | Promise<string>>> = {
  scss: (source) => compileString(source, { syntax: "scss" }).css,
  sass: (source) => compileString(source, { syntax: "indented" }).css,
  less: async (source) => (await less.render(source)).css,
};

/** The files that a LaTeX document includes, and whether it has anything else. */
export function compileLatex(source: string): { files: readonly string[]; others: number } {
  const { content } = parseLatex(source);
  const files = content.flatMap((node) =>
    node.type === "macro" && node.content === "includegraphics"
      ? [(node.args?.at(-1)?.content ?? []).flatMap(({ position }) => [position?.start.offset, position?.end.offset])]
      : [],
  );
  return {
    files: files.map((offsets) => source.slice(offsets.at(0), offsets.at(-1))),
    others: content.length - files.length,
  };
}

const run = promisify(execFile);

/** Whether Python and Docutils, the parser of reStructuredText, are on this machine. */
export const hasDocutils = await run("python3", ["-c", "import docutils"]).then(
  () => true,
  () => false,
);

/** The nodes of reStructuredText documents, as Docutils reads them. */
export async function compileRest(sources: readonly string[]): Promise<readonly ParsedMarkup[]> {
  const child = run("python3", [join(import.meta.dirname, "readRest.py")], { maxBuffer: 100_000_000 });
  child.child.stdin?.end(JSON.stringify(sources));
  const { stdout } = await child;
  return JSON.parse(stdout);
}
