import type { SyntaxNode, SyntaxNodeRef } from "@lezer/common";
import { parser } from "@lezer/javascript";
import { decodeEntities } from "./entities.ts";
import {
  fileLink,
  hasImageExtension,
  type ImageLink,
  type LinkDetails,
  pixelsOf,
  type TextRange,
  urlLink,
} from "./imageLink.ts";

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

const isTag = ({ name }: SyntaxNode): boolean => name === "JSXSelfClosingTag" || name === "JSXOpenTag";

function ancestor(node: SyntaxNode, matches: (one: SyntaxNode) => boolean): SyntaxNode | undefined {
  let at: SyntaxNode | null = node;
  while (at !== null && !matches(at)) {
    at = at.parent;
  }
  return at ?? undefined;
}

/** The component that contains the node: a function or class whose name starts with a capital. */
function componentOf(text: string, node: SyntaxNode): LinkDetails {
  const nameOf = (one: SyntaxNode) => {
    const definition = /^(?:Function|Class|Variable)Declaration$/.test(one.name)
      ? one.getChild("VariableDefinition")
      : null;
    return definition === null ? "" : textOf(text, definition);
  };
  const component = ancestor(node, (one) => /^[A-Z]/.test(nameOf(one)));
  return component === undefined ? {} : { context: nameOf(component) };
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

function linkOf(text: string, node: SyntaxNode): ImageLink | undefined {
  const value = insideQuotes(node);
  const attribute = node.parent?.name === "JSXAttribute" ? node.parent : undefined;
  const tag = ancestor(node, isTag);
  const details = { ...(tag === undefined ? {} : tagDetails(text, tag)), ...componentOf(text, node) };
  const range = { start: (tag ?? node).from, end: (tag ?? node).to };
  if (node.name === "JSXAttributeValue") {
    const name = attribute?.firstChild ? textOf(text, attribute.firstChild) : "";
    const tagName = tag?.firstChild?.nextSibling ? textOf(text, tag.firstChild.nextSibling) : "";
    const isImage = isImageAttribute(tagName, name, text.slice(value.start, value.end));
    return isImage && value.end > value.start ? urlLink(text, range, value, decodeEntities, details) : undefined;
  }
  if (!isPath(text.slice(value.start, value.end))) {
    return undefined;
  }
  return isFileName(text, node)
    ? fileLink(text, range, value, unescapeString, details)
    : urlLink(text, range, value, unescapeString, details);
}

const parsers = {
  javascript: parser.configure({ dialect: "jsx" }),
  typescript: parser.configure({ dialect: "ts" }),
  typescriptreact: parser.configure({ dialect: "ts jsx" }),
} as const;

/** Paths of images in JavaScript: `src` in JSX, imports, and strings that start like paths. */
export function readScriptLinks(
  text: string,
  language: keyof typeof parsers = "typescriptreact",
): readonly ImageLink[] {
  const links: ImageLink[] = [];
  parsers[language].parse(text).iterate({
    enter: ({ name, node }) => {
      const link = name === "String" || name === "JSXAttributeValue" ? linkOf(text, node) : undefined;
      if (link !== undefined) links.push(link);
    },
  });
  return links;
}
