import type { Pixels } from "../../models/size.ts";
import type { ImageElement } from "../linkEdit.ts";

/** An element of a framework that shows images, and the documents that it fits in. */
interface ElementRule {
  /** Its name in the setting; without one, only documents that use it get it. */
  readonly component?: string;
  /** VS Code's identifiers of languages. */
  readonly languages: readonly string[];
  /** Matches a document that uses it already. Group 1 is its name there, if it has another one. */
  readonly used: RegExp;
  /** What a document has to import; absent if the framework does that. */
  readonly imported?: string;
  readonly tag: string;
  readonly attribute?: string;
  /** The paths that it takes as text: others need an import. */
  readonly paths: "root" | "relative";
  /** Whether it shows nothing without width and height. */
  readonly needsSize?: boolean;
}

const script = ["javascriptreact", "typescriptreact", "mdx"];

/** Sources are the pages of the frameworks about the elements. */
const elementRules: readonly ElementRule[] = [
  {
    // Next.js, “Image Component”.
    component: "next/image",
    imported: 'import Image from "next/image"',
    languages: script,
    used: /^import[ \t]+(\w+)[^;"'\n]{0,200}["']next\/(?:legacy\/)?image["']/m,
    tag: "Image",
    paths: "root",
    needsSize: true,
  },
  {
    // Astro, “Images”: for the folder `public`.
    component: "astro:assets",
    imported: 'import { Image } from "astro:assets"',
    languages: ["astro", "mdx"],
    used: /^import[ \t]*\{[^{}]{0,200}\bImage\b(?:[ \t]+as[ \t]+(\w+))?[^{}]{0,200}\}[ \t]*from[ \t]*["']astro:assets["']/m,
    tag: "Image",
    paths: "root",
    needsSize: true,
  },
  {
    // Gatsby, “Gatsby Image plugin”.
    component: "gatsby-plugin-image",
    imported: 'import { StaticImage } from "gatsby-plugin-image"',
    languages: script,
    used: /^import[ \t]*\{[^{}]{0,200}\bStaticImage\b[^{}]{0,200}\}[ \t]*from[ \t]*["']gatsby-plugin-image["']/m,
    tag: "StaticImage",
    paths: "relative",
  },
  // Nuxt Image, “<NuxtImg>”.
  { component: "@nuxt/image", languages: ["vue"], used: /<(NuxtImg|nuxt-img)\b/, tag: "NuxtImg", paths: "root" },
  // SvelteKit, “Images”.
  {
    component: "@sveltejs/enhanced-img",
    languages: ["svelte"],
    used: /<enhanced:img\b/,
    tag: "enhanced:img",
    paths: "relative",
  },
  {
    // Angular, “Getting started with NgOptimizedImage”.
    languages: ["html"],
    used: /<img\b[^<>]{0,500}\s\[?ngSrc\]?=/,
    tag: "img",
    attribute: "ngSrc",
    paths: "root",
    needsSize: true,
  },
];

/**
 * Code in JSX for an image that the bundler of a tool puts into the site: a plain path stays as it
 * is and leads nowhere. Sources: Vite, “Static Asset Handling”; Docusaurus, “Static Assets”;
 * Next.js, “Image Component”.
 */
const bundledCode: Readonly<Record<string, string>> = {
  vite: "new URL($, import.meta.url).href",
  docusaurus: "require($).default",
  next: "require($).default.src",
};

/** A path that bundlers take for a file: relative with a dot, or with an alias. */
const isModulePath = /^(?:\.{1,2}|[@~#$][^/]*)\//;

/** Longer documents are searched up to here. */
const maxLength = 500_000;

/** What is known of the site of a document. */
interface ElementSite {
  /** ID of its tool. */
  readonly tool?: string | undefined;
  /** The element that the user's setting chooses; `none` for a plain `img`. */
  readonly component?: string | undefined;
  /** The document without samples of code, see `codeAlone`; by default, the text. */
  readonly code?: string | undefined;
}

/** Whether a name has a meaning in a text. */
const isTaken = (text: string, name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);

/** Whether a document has another element of this name, which would be shown instead. */
const isDefined = (text: string, name: string): boolean =>
  new RegExp(`^import\\b[^;"']{0,2000}\\b${name}\\b|\\b(?:function|class|const|let|var)[ \\t]+${name}\\b`, "m").test(
    text,
  );

/** A name for the import of an image: `heroImage` for `hero.png`. */
function importName(text: string, path: string): string {
  const words = path.replace(/^.*\/|\.\w+$/g, "").match(/[A-Za-z0-9]+/g) ?? [];
  const joined = [...words, "image"].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const name = joined
    .replace(/ImageImage$/, "Image")
    .replace(/^\d+/, "")
    .replace(/^./, (first) => first.toLowerCase());
  let free = name;
  for (let number = 2; isTaken(text, free); number++) free = `${name}${number}`;
  return free;
}

/** A document, and the code in it without samples; see `codeAlone`. */
interface ElementText {
  readonly text: string;
  readonly code: string;
}

/** The element that imports an image as a module, as Next.js and Astro do. */
function importingElement({ text, code }: ElementText, path: string, element: ImageElement): ImageElement {
  const from = isModulePath.test(path) ? path : `./${path}`;
  const escaped = from.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const [, known] = new RegExp(`^import[ \\t]+(\\w+)[ \\t]+from[ \\t]*["']${escaped}["']`, "m").exec(code) ?? [];
  const name = known ?? importName(text, path);
  const imports = [...(element.imports ?? []), ...(known === undefined ? [`import ${name} from "${from}"`] : [])];
  return { ...element, code: name, imports };
}

/** The element that the setting chooses; `undefined` if it does not fit the document. */
function chosenElement(
  { text, code }: ElementText,
  languageId: string,
  path: string,
  hasSize: boolean,
  component: string,
): ImageElement | undefined {
  const rule = elementRules.find((each) => each.component === component && each.languages.includes(languageId));
  if (rule === undefined) return undefined;
  const { used, tag, attribute = "src", imported, paths, needsSize = false } = rule;
  const match = used.exec(code);
  if (match === null && imported !== undefined && isDefined(code, tag)) return undefined;
  const imports = match === null && imported !== undefined ? [imported] : [];
  const element = { tag: match?.[1] ?? tag, attribute, ...(imports.length === 0 ? {} : { imports }) };
  if (path.startsWith("/") === (paths === "root")) return hasSize || !needsSize ? element : undefined;
  // These would end the text of the import, or are a query for bundlers.
  return imported !== undefined && paths === "root" && !/["'\\?#\p{Cc}\u2028\u2029]/u.test(path)
    ? importingElement({ text, code }, path, element)
    : undefined;
}

/**
 * The element for a link that the user's setting chooses, or that the document uses already, or
 * with code for the bundler if the path needs it; `undefined` for a plain `img`.
 *
 * @param path of the link, see `siteLinkPath`.
 * @param size of the image in pixels, if it is known.
 */
export function imageElement(
  text: string,
  languageId: string,
  path: string,
  size: Pixels | undefined,
  { tool, component, code = text }: ElementSite = {},
): ImageElement | undefined {
  const start = { text: text.slice(0, maxLength), code: code.slice(0, maxLength) };
  const hasSize = size !== undefined && size.width > 0 && size.height > 0;
  const chosen = component === undefined ? undefined : chosenElement(start, languageId, path, hasSize, component);
  if (chosen !== undefined) return chosen;
  for (const { languages, used, tag, attribute = "src", paths, needsSize = false } of elementRules) {
    const isFitting = languages.includes(languageId) && path.startsWith("/") === (paths === "root");
    const match = component !== "none" && isFitting && (hasSize || !needsSize) ? used.exec(start.code) : null;
    if (match !== null) return { tag: match[1] ?? tag, attribute };
  }
  const bundled = languageId.endsWith("react") && isModulePath.test(path) ? bundledCode[tool ?? ""] : undefined;
  return bundled === undefined ? undefined : { tag: "img", attribute: "src", code: bundled };
}
