import type { SyntaxNode, SyntaxNodeRef } from "@lezer/common";
import { parser } from "@lezer/javascript";
import { decodeEntities } from "./entities.ts";
import {
  candidatesOf,
  fileLink,
  hasImageExtension,
  type ImageLink,
  type LinkDetails,
  type LinkReader,
  pixelsOf,
  type TextRange,
  urlLink,
} from "./imageLink.ts";
import { parseInTime } from "./timeLimit.ts";

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", 0: "\0" };

/** Source: ECMAScript, 12.9.4. */
const unescapeString = (text: string): string =>
  text.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|\r?\n|([\s\S]))/gi,
    (_, braces?: string, four?: string, two?: string, character = "") => {
      const hex = braces ?? four ?? two;
      return hex === undefined
        ? (escapes[character] ?? character)
        : String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
    },
  );

const textOf = (text: string, { from, to }: SyntaxNodeRef): string => text.slice(from, to);

/** The place between the quotes. */
const insideQuotes = ({ from, to }: SyntaxNodeRef): TextRange => ({ start: from + 1, end: to - 1 });

/** The value of an attribute of JSX: in quotes, or code in braces; `undefined` without a value. */
function attributeOf(text: string, tag: SyntaxNode, name: string): SyntaxNode | undefined {
  const attribute = tag
    .getChildren("JSXAttribute")
    .find(({ firstChild }) => firstChild !== null && textOf(text, firstChild) === name);
  return attribute?.getChild("JSXAttributeValue") ?? attribute?.getChild("JSXEscape") ?? undefined;
}

/** What the other attributes of the tag say of its image. */
function tagDetails(text: string, tag: SyntaxNode): LinkDetails {
  const alt = attributeOf(text, tag, "alt");
  const pixels = (name: "width" | "height") => {
    const value = attributeOf(text, tag, name);
    return pixelsOf(name, value && textOf(text, value).replace(/^(["'])(.*)\1$/, "$2"));
  };
  return {
    ...(alt?.name === "JSXAttributeValue" ? { alt: decodeEntities(textOf(text, alt).slice(1, -1)) } : {}),
    ...pixels("width"),
    ...pixels("height"),
  };
}

const isTag = ({ name }: { readonly name: string }): boolean => name === "JSXSelfClosingTag" || name === "JSXOpenTag";

const isDeclaration = ({ name }: { readonly name: string }): boolean =>
  /^(?:Function|Class|Variable)Declaration$/.test(name);

/** The component that a declaration defines: a function or class with a capital. */
function contextOf(text: string, declaration: SyntaxNode): LinkDetails {
  const definition = declaration.getChild("VariableDefinition");
  const name = definition === null ? "" : textOf(text, definition);
  return /^[A-Z]/.test(name) ? { context: name } : {};
}

/** What is around a string: nodes that contain it, and what they say of it. */
interface Around {
  readonly tag?: { readonly node: SyntaxNode; readonly details: LinkDetails };
  readonly context?: string;
}

/** Of other elements than `img`, only a source counts that ends in the extension of an image. */
const isImageAttribute = (tag: string, attribute: string, value: string): boolean =>
  attribute === "src" && (tag === "img" || hasImageExtension(value));

/** A path in a string of JavaScript that code imports or uses as it is. */
const isPath = (value: string): boolean =>
  /^(?:\.{0,2}\/(?!\/)|[@~#$][\w-]*\/)/.test(value) && hasImageExtension(value);

/** Whether a module or a bundler reads the string as the name of a file, not as a URL. */
function isFileName(text: string, { parent }: SyntaxNode): boolean {
  const callee = parent?.name === "ArgList" ? parent.prevSibling : null;
  return (
    /^(?:ImportDeclaration|ExportDeclaration|DynamicImport)$/.test(parent?.name ?? "") ||
    (callee !== null && textOf(text, callee) === "require")
  );
}

function linksOf(text: string, node: SyntaxNode, { tag: around, context }: Around): readonly ImageLink[] {
  const value = insideQuotes(node);
  const attribute = node.parent?.name === "JSXAttribute" ? node.parent : undefined;
  const tag = around?.node;
  const details = { ...around?.details, ...(context === undefined ? {} : { context }) };
  const range = { start: (tag ?? node).from, end: (tag ?? node).to };
  if (node.name === "JSXAttributeValue") {
    const name = attribute?.firstChild ? textOf(text, attribute.firstChild) : "";
    const tagName = tag?.firstChild?.nextSibling ? textOf(text, tag.firstChild.nextSibling) : "";
    const written = text.slice(value.start, value.end);
    const isImage = isImageAttribute(tagName, name, written) && written !== "";
    const urls = /^srcset$/i.test(name) ? candidatesOf(written, value.start) : isImage ? [value] : [];
    return urls.map((url) => urlLink(text, range, url, decodeEntities, details));
  }
  if (!isPath(text.slice(value.start, value.end))) {
    return [];
  }
  const link = isFileName(text, node) ? fileLink : urlLink;
  return [link(text, range, value, unescapeString, details)];
}

const parsers = {
  javascript: parser.configure({ dialect: "jsx" }),
  typescript: parser.configure({ dialect: "ts" }),
  typescriptreact: parser.configure({ dialect: "ts jsx" }),
} as const;

/** Paths of images in JavaScript: `src` in JSX, imports, and strings that start like paths. */
const readerFor =
  (language: keyof typeof parsers): LinkReader =>
  (text, time) => {
    const links: ImageLink[] = [];
    // The innermost one is last. Asking each string for its ancestors would take quadratic time.
    const around: Around[] = [{}];
    parseInTime(time, parsers[language], text).iterate({
      enter: (ref) => {
        const outer = around.at(-1) ?? {};
        if (isTag(ref)) around.push({ ...outer, tag: { node: ref.node, details: tagDetails(text, ref.node) } });
        else if (isDeclaration(ref)) around.push({ ...outer, ...contextOf(text, ref.node) });
        if (/^(?:String|JSXAttributeValue)$/.test(ref.name)) links.push(...linksOf(text, ref.node, outer));
      },
      leave: (ref) => {
        if (isTag(ref) || isDeclaration(ref)) around.pop();
      },
    });
    return links;
  };

export const readJavaScriptLinks = readerFor("javascript");
export const readTypeScriptLinks = readerFor("typescript");
/** Also reads JavaScript, but not all of TypeScript: `<T>x` starts an element. */
export const readScriptLinks = readerFor("typescriptreact");
