import type { Pixels } from "../../models/size.ts";
import type { ImageElement } from "../linkEdit.ts";

/** An element of a framework that shows images, and the documents that it fits in. */
interface ElementRule {
  /** VS Code's identifiers of languages. */
  readonly languages: readonly string[];
  /** Matches a document that uses it already. Group 1 is its name there, if it has another one. */
  readonly used: RegExp;
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
    languages: script,
    used: /^import[ \t]+(\w+)[^;"'\n]{0,200}["']next\/(?:legacy\/)?image["']/m,
    tag: "Image",
    paths: "root",
    needsSize: true,
  },
  {
    // Astro, “Images”: for the folder `public`.
    languages: ["astro", "mdx"],
    used: /^import[ \t]*\{[^{}]{0,200}\bImage\b(?:[ \t]+as[ \t]+(\w+))?[^{}]{0,200}\}[ \t]*from[ \t]*["']astro:assets["']/m,
    tag: "Image",
    paths: "root",
    needsSize: true,
  },
  {
    // Gatsby, “Gatsby Image plugin”.
    languages: script,
    used: /^import[ \t]*\{[^{}]{0,200}\bStaticImage\b[^{}]{0,200}\}[ \t]*from[ \t]*["']gatsby-plugin-image["']/m,
    tag: "StaticImage",
    paths: "relative",
  },
  // Nuxt Image, “<NuxtImg>”.
  { languages: ["vue"], used: /<(NuxtImg|nuxt-img)\b/, tag: "NuxtImg", paths: "root" },
  // SvelteKit, “Images”.
  { languages: ["svelte"], used: /<enhanced:img\b/, tag: "enhanced:img", paths: "relative" },
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

/** Longer documents are searched up to here. */
const maxLength = 500_000;

/**
 * The element for a link if the document uses one of its framework already, or if the path needs
 * code for the bundler; `undefined` for a plain `img`.
 *
 * @param path of the link, see `siteLinkPath`.
 * @param size of the image in pixels, if it is known.
 * @param tool ID of the tool of the site.
 */
export function imageElement(
  text: string,
  languageId: string,
  path: string,
  size: Pixels | undefined,
  tool?: string,
): ImageElement | undefined {
  const hasSize = size !== undefined && size.width > 0 && size.height > 0;
  for (const { languages, used, tag, attribute = "src", paths, needsSize = false } of elementRules) {
    const isFitting = languages.includes(languageId) && path.startsWith("/") === (paths === "root");
    const match = isFitting && (hasSize || !needsSize) ? used.exec(text.slice(0, maxLength)) : null;
    if (match !== null) return { tag: match[1] ?? tag, attribute };
  }
  const code = languageId.endsWith("react") && /^[.@~#$]/.test(path) ? bundledCode[tool ?? ""] : undefined;
  return code === undefined ? undefined : { tag: "img", attribute: "src", code };
}
