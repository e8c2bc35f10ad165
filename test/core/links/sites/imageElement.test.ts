import { describe, expect, test } from "vitest";
import { codeAlone } from "../../../../src/core/links/codeAlone.ts";
import { linkMarkup } from "../../../../src/core/links/link.ts";
import { readImageLinks } from "../../../../src/core/links/reading/readImageLinks.ts";
import { imageElement as elementFor } from "../../../../src/core/links/sites/imageElement.ts";

const size = { width: 40, height: 30 };

/** The element for a document whose samples of code import nothing. */
const imageElement: typeof elementFor = (text, languageId, path, pixels, site) =>
  elementFor(text, languageId, path, pixels, { ...site, code: codeAlone(text, languageId) });

/** The link that a document gets to a file with this path. */
const linkIn = (languageId: string, text: string, path: string): string =>
  linkMarkup(languageId, { path, alt: 'A "red" hut', size, element: imageElement(text, languageId, path, size) });

const next = 'import Image from "next/image";\n';
const alt = 'alt="A &quot;red&quot; hut" width="40" height="30"';
const astroAlt = `alt='A "red" hut' width="40" height="30"`;

describe("A link in a document that uses an element of its framework", () => {
  test.each([
    ["Next.js", "typescriptreact", next, "/hut.png", `<Image src="/hut.png" ${alt} />`],
    ["Next.js", "mdx", "import Img from 'next/image'\n\n# Huts", "/hut.png", `<Img src="/hut.png" ${alt} />`],
    [
      "Next.js",
      "javascriptreact",
      'import Pic, { type P } from "next/image";',
      "/a.png",
      `<Pic src="/a.png" ${alt} />`,
    ],
    [
      "Astro",
      "astro",
      '---\nimport { Image } from "astro:assets";\n---\n',
      "/a.png",
      `<Image src="/a.png" ${astroAlt} />`,
    ],
    [
      "Astro",
      "astro",
      "---\nimport { getImage, Image as Img } from 'astro:assets'\n---",
      "/a.png",
      `<Img src="/a.png" ${astroAlt} />`,
    ],
    [
      "Gatsby",
      "javascriptreact",
      'import { StaticImage } from "gatsby-plugin-image"',
      "../a.png",
      `<StaticImage src="../a.png" ${alt} />`,
    ],
    ["Nuxt", "vue", '<template><NuxtImg src="/b.png" /></template>', "/a.png", `<NuxtImg src="/a.png" ${alt} />`],
    ["Nuxt", "vue", '<template><nuxt-img src="/b.png" /></template>', "/a.png", `<nuxt-img src="/a.png" ${alt} />`],
    [
      "SvelteKit",
      "svelte",
      '<enhanced:img src="./b.png" alt="b" />',
      "./a.png",
      `<enhanced:img src="./a.png" ${alt} />`,
    ],
    ["Angular", "html", '<img ngSrc="/b.png" width="1" height="1">', "/a.png", `<img ngSrc="/a.png" ${alt}>`],
  ])("of %s in %s is that element, and is read again", (_, languageId, text, path, markup) => {
    expect(linkIn(languageId, text, path)).toBe(markup);
    const [link] = readImageLinks(`${markup}\n`, languageId);
    expect(link).toMatchObject({ path, alt: 'A "red" hut', ...size });
  });

  test.each([
    ["it is not used", "typescriptreact", "export const Page = () => <main />;", "/a.png"],
    ["an import is needed for the file", "typescriptreact", next, "./a.png"],
    ["it takes no served files", "svelte", '<enhanced:img src="./b.png" />', "/a.png"],
    [
      "another package is used",
      "typescriptreact",
      'import Image from "./image";\nimport x from "next/link";',
      "/a.png",
    ],
    ["the import is a comment", "typescriptreact", '// import Image from "next/image";', "/a.png"],
    ["the import is in a comment", "typescriptreact", `/*\n${next}*/`, "/a.png"],
    ["the import is in a text", "javascriptreact", `const code = \`\n${next}\`;`, "/a.png"],
    ["the import is a sample", "mdx", `# Huts\n\n\`\`\`js\n${next}\`\`\`\n`, "/a.png"],
    ["the import is a text of the page", "astro", `<pre>\nimport { Image } from "astro:assets"\n</pre>`, "/a.png"],
    ["the language has none", "markdown", next, "/a.png"],
  ])("is that of the language if %s", (_, languageId, text, path) => {
    expect(imageElement(text, languageId, path, size)).toBeUndefined();
  });

  test.each([
    ["vite", '<img src={new URL("./my hut.png", import.meta.url).href}'],
    ["docusaurus", '<img src={require("./my hut.png").default}'],
    ["next", '<img src={require("./my hut.png").default.src}'],
    ["sveltekit", '<img src="./my%20hut.png"'],
  ])("of %s has code for an image that the bundler has to find in JSX", (tool, start) => {
    const [languageId, path] = ["typescriptreact", "./my%20hut.png"];
    const element = imageElement(next, languageId, decodeURIComponent(path), size, { tool });
    const markup = linkMarkup(languageId, { path, alt: "A hut", size, element });
    expect(markup).toBe(`${start} alt="A hut" width="40" height="30" />`);
    const [link] = readImageLinks(`const page = ${markup};\n`, languageId);
    expect(link).toMatchObject({ path: "./my hut.png", alt: "A hut" });
    expect(imageElement(next, "typescriptreact", "/hut.png", undefined, { tool })).toBeUndefined();
    expect(imageElement("", "vue", "./hut.png", size, { tool })).toBeUndefined();
  });

  test.each([
    [
      "next/image",
      "typescriptreact",
      "",
      "/a.png",
      `<Image src="/a.png" ${alt} />`,
      ['import Image from "next/image"'],
    ],
    ["next/image", "mdx", 'import Img from "next/image"', "/a.png", `<Img src="/a.png" ${alt} />`, undefined],
    [
      ...(["next/image", "typescriptreact", "const heroImage = 1", "../art/hero.png"] as const),
      `<Image src={heroImage2} ${alt} />`,
      ['import Image from "next/image"', 'import heroImage2 from "../art/hero.png"'],
    ],
    [
      ...(["astro:assets", "astro", "---\nimport hut from '@/hut.png';\n---\nText of an Image", "@/hut.png"] as const),
      `<Image src={hut} ${astroAlt} />`,
      ['import { Image } from "astro:assets"'],
    ],
    [
      ...(["gatsby-plugin-image", "javascriptreact", "", "./a.png", `<StaticImage src="./a.png" ${alt} />`] as const),
      ['import { StaticImage } from "gatsby-plugin-image"'],
    ],
    [
      ...(["astro:assets", "astro", "", "@hut.png", `<Image src={hutImage} ${astroAlt} />`] as const),
      ['import { Image } from "astro:assets"', 'import hutImage from "./@hut.png"'],
    ],
    ["@nuxt/image", "vue", "<template />", "/a.png", `<NuxtImg src="/a.png" ${alt} />`, undefined],
    ["@sveltejs/enhanced-img", "svelte", "", "./a.png", `<enhanced:img src="./a.png" ${alt} />`, undefined],
    ["none", "vue", "<NuxtImg />", "/a.png", `<img src="/a.png" ${alt}>`, undefined],
    [
      "next/image",
      "typescriptreact",
      'import { Image } from "./ui"',
      "/a.png",
      `<img src="/a.png" ${alt} />`,
      undefined,
    ],
    ["astro:assets", "css", "", "/a.png", 'url("/a.png")', undefined],
    [
      ...(["next/image", "mdx", '```js\nimport { Image } from "./ui"\n```\n', "/a.png"] as const),
      `<Image src="/a.png" ${alt} />`,
      ['import Image from "next/image"'],
    ],
    [
      ...(["next/image", "mdx", '```js\nimport heroImage from "./hero.png"\n```\n', "./hero.png"] as const),
      `<Image src={heroImage2} ${alt} />`,
      ['import Image from "next/image"', 'import heroImage2 from "./hero.png"'],
    ],
  ])("is that of the setting: %s in %s with %j for %s", (component, languageId, text, path, markup, imports) => {
    const element = imageElement(text, languageId, path, size, { component });
    expect(linkMarkup(languageId, { path, alt: 'A "red" hut', size, element })).toBe(markup);
    expect(element?.imports).toEqual(imports);
  });

  test("is that of the language if the element needs a size that is not known", () => {
    expect(imageElement(next, "typescriptreact", "/a.png", undefined)).toBeUndefined();
    expect(imageElement(next, "typescriptreact", "/a.png", { width: 0, height: 0 })).toBeUndefined();
    expect(imageElement("<NuxtImg />", "vue", "/a.png", undefined)?.tag).toBe("NuxtImg");
  });
});
