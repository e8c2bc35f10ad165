import { describe, expect, test } from "vitest";
import { readScript } from "../../../../src/core/links/reading/scriptValues.ts";
import { servedPlaces, siteLinkPath } from "../../../../src/core/links/sites/sitePaths.ts";
import { withSetting } from "../../../../src/core/links/sites/siteSetting.ts";
import { languageOf } from "./languageOf.ts";
import { type ProjectFiles, root, siteOf } from "./projectFiles.ts";

const served = (...folders: readonly string[]) => folders.map((folder) => ({ folder, url: "" }));

/** A configuration, and what is known of the site. */
type Row = readonly [file: string, config: string, known: object];

describe("A configuration in code", () => {
  test.each<Row>([
    ["vite.config.ts", 'export default { resolve: { alias: { base: "/a" } }, base: "/shop/" }', { base: "/shop" }],
    ["vite.config.ts", 'export default { plugins: [VitePWA({ base: "/pwa/" })], base: "/shop/" }', { base: "/shop" }],
    ["vite.config.ts", 'export default { plugins: [VitePWA({ base: "/pwa/" })] }', { base: "" }],
    ["vite.config.ts", 'export default defineConfig(({ mode }) => ({ base: "/a" }))', { base: "/a" }],
    ["vite.config.ts", 'export default defineConfig(async () => { return { base: "/a" } })', { base: "/a" }],
    ["vite.config.ts", 'export default () => { if (x) return { base: "/b" }; return { base: "/a" } }', { base: "" }],
    ["vite.config.ts", 'export default () => { const f = () => { return 1 }; return { base: "/a" } }', { base: "/a" }],
    ["vite.config.ts", 'const config: C = { base: "/a" } satisfies C; export default config as D', { base: "/a" }],
    ["vite.config.ts", 'const base = "/a"; export default { base }', { base: "/a" }],
    ["vite.config.ts", 'const base = "/a"; export default ({ base }) => ({ base })', { base: "" }],
    ["vite.config.ts", 'let base = "/a"; export default { base }', { base: "" }],
    ["vite.config.ts", 'const a = b, b = a; export default { base: a, publicDir: "x" }', { served: served("x") }],
    ["vite.config.ts", 'export default { base: "/a", ...other }', { base: "" }],
    ["vite.config.ts", 'export default { ...other, base: "/a" }', { base: "/a" }],
    ["vite.config.ts", 'export default { base: "/a", [key]: "/b" }', { base: "" }],
    ["vite.config.ts", 'export default { base: "/a", base() {} }', { base: "" }],
    ["vite.config.ts", 'export default { root: "src" }', { served: served("src/public") }],
    ["vite.config.ts", 'export default { root: "./src", publicDir: "../static" }', { served: served("static") }],
    [
      "vite.config.ts",
      'export default { assetsInclude: [/[`]/], // publicDir: "old"\n t: `x`, publicDir: "new" }',
      { served: served("new") },
    ],
    ["next.config.mjs", 'export default { basePath: "/docs" + suffix }', { base: "" }],
    ["next.config.js", 'const config = { basePath: "/docs" }; module.exports = withMdx({})(config)', { base: "/docs" }],
    ["next.config.js", 'module.exports = async function (phase) { return { "basePath": `/docs` } }', { base: "/docs" }],
    ["next.config.js", '/* module.exports = { basePath: "/old" } */', { base: "" }],
    ["nuxt.config.ts", 'export default { app: { head: { title: "x" }, baseURL: "/b/" } }', { base: "/b" }],
    [
      "docusaurus.config.js",
      '// staticDirectories: ["public"]\nmodule.exports = { staticDirectories: ["static", "art"] }',
      { served: served("static", "art") },
    ],
    ["docusaurus.config.js", 'export default { staticDirectories: ["art", dir] }', { served: served("static") }],
  ])("in %s is read without what it computes: %s", async (file, config, known) => {
    expect(await siteOf({ [file]: config }, "src/app.css")).toMatchObject(known);
  });

  test.each<Row>([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is code.
    ["a computed path", "c.addPassthroughCopy(`${dir}/fonts`)", { served: [] }],
    ["wildcards alone", 'c.addPassthroughCopy("**/*.woff"); c.addPassthroughCopy({ "*.png": "/" })', { served: [] }],
    [
      "single files",
      'c.addPassthroughCopy("logo.png"); c.addPassthroughCopy({ "art/a.png": "img", "art/b.png": "c.png" })',
      {
        served: [
          { folder: "logo.png", url: "/logo.png" },
          { folder: "art/a.png", url: "/img/a.png" },
          { folder: "art/b.png", url: "/c.png" },
        ],
      },
    ],
    ["comments", '// c.addPassthroughCopy("img")', { served: [] }],
    [
      "calls",
      'c.addPassthroughCopy("img").addPassthroughCopy("./art/")',
      {
        served: [
          { folder: "img", url: "/img" },
          { folder: "art", url: "/art" },
        ],
      },
    ],
    [
      "a computed input folder",
      'c.setInputDirectory(dir); c.addPassthroughCopy("src/img"); c.addPassthroughCopy({ "src/art": "art" })',
      { served: [{ folder: "src/art", url: "/art" }] },
    ],
    [
      "an input folder",
      'c.addPassthroughCopy("src/img"); return { dir: { input: "src" }, pathPrefix: "/sub/" }',
      { served: [{ folder: "src/img", url: "/img" }], content: ["src"], base: "/sub" },
    ],
    ["computed folders", 'c.addPassthroughCopy("src/img"); return { dir, pathPrefix }', { served: [], base: "" }],
    [
      "the plugin for the base path",
      'c.addPlugin(EleventyHtmlBasePlugin); return { pathPrefix: "/sub/" }',
      { base: "" },
    ],
  ])("of Eleventy is read with %s: %s", async (_, body, known) => {
    expect(await siteOf({ "eleventy.config.js": `module.exports = (c) => { ${body} }` }, "a.md")).toMatchObject(known);
  });

  test("of Eleventy may be its own export", async () => {
    const config = 'export default (c) => {}; export const config = { dir: { input: "src" }, pathPrefix: "/sub/" };';
    expect(await siteOf({ "eleventy.config.js": config }, "a.md")).toMatchObject({ content: ["src"], base: "/sub" });
  });
});

describe("A configuration in YAML, TOML or JSON", () => {
  test.each<Row>([
    ["hugo.toml", 'staticDir = ["static", "static2"]', { served: served("static", "static2", "content") }],
    [
      "hugo.toml",
      "staticDir = [\n  'a', # first\n  'b',\n]\nbaseurl = '/b/'",
      { served: served("a", "b", "content"), base: "/b" },
    ],
    [
      "hugo.toml",
      'title = "x"\n[languages.en]\nstaticDir = "en"\nbaseURL = "/en/"',
      { served: served("static", "content"), base: "" },
    ],
    [
      "hugo.yaml",
      "baseurl: https://example.org/b/\nstaticDir:\n  - one\n  - 'two'\n",
      { served: served("one", "two", "content"), base: "/b" },
    ],
    [
      "hugo.json",
      '{ "baseURL": "https://example.org/b/", "staticDir": ["one", "two"] }',
      { served: served("one", "two", "content"), base: "/b" },
    ],
    ["hugo.json", '{ "baseURL": ', { served: served("static", "content"), base: "" }],
    ...["null", "~", "", "[a]x", "{ a: b }", "&a /x", "*a", "!t /x", '"\\x41"', "# /x"].map(
      (value): Row => ["_config.yml", `baseurl: ${value}\nsource: pages\n`, { base: "", served: served("pages") }],
    ),
    ["_config.yml", 'baseurl: "/a" # text\r\nother:\r\n  source: x\r\n', { base: "/a", served: served("") }],
    ["mkdocs.yml", "docs_dir: pages # text", { served: served("pages") }],
  ])("in %s is read at its top: %s", async (file, config, known) => {
    expect(await siteOf({ [file]: config }, "pages/a.md")).toMatchObject(known);
  });

  test("of Angular has folders for each project", async () => {
    const project = (folder: string, assets: readonly unknown[]) => ({
      root: folder,
      sourceRoot: `${folder}/src`,
      architect: { build: { options: { assets } }, test: { options: { assets: ["only/tests"] } } },
    });
    const projects = {
      shop: project("apps/shop", ["apps/shop/src/assets"]),
      admin: project("apps/admin", [{ glob: "**/*", input: "apps/admin/public" }]),
    };
    const files: ProjectFiles = { "angular.json": `// Workspace\n${JSON.stringify({ projects })}` };
    const linkFrom = async (document: string, file: string) =>
      siteLinkPath(
        await siteOf(files, document),
        { path: `${root}/${document}`, languageId: languageOf(document) },
        `${root}/${file}`,
      );
    expect(await linkFrom("apps/shop/src/a.html", "apps/shop/src/assets/a.png")).toBe("/assets/a.png");
    expect(await linkFrom("apps/admin/src/a.html", "apps/admin/public/a.png")).toBe("/a.png");
    const site = await siteOf(files, "apps/admin/src/a.html");
    const page = { path: `${root}/apps/admin/src/a.html`, languageId: "html" };
    expect(site && servedPlaces(site, page, "/assets/a.png").map(({ file }) => file)).toEqual([
      `${root}/apps/admin/public/assets/a.png`,
    ]);
  });
});

/** Texts that cost careless patterns, or the parser, quadratic time: minutes for these lengths. */
const hostile = [
  ...['"/*a', "`\\", "staticDirectories:[", "publicDir:", '"\\', "/[", "- ", "({a})=>", "a<b<(", "[\n", "{a:\n"],
  ...["a=[\n", "a:\n- ", "a: '", "docs_dir: [\n", '{"a":[', "// ", "/*", "<!--", "x?y:", "!", "baseurl"],
];

describe("A hostile configuration", () => {
  test.each(hostile)("of 200 kB of %j does not stop Limn", async (unit) => {
    const text = unit.repeat(200_000 / unit.length);
    for (const name of ["vite.config.js", "eleventy.config.js", "hugo.toml", "_config.yml", "angular.json"]) {
      expect(await siteOf({ [name]: text }, "index.html")).toMatchObject({ base: "" });
    }
    expect((await siteOf({ "package.json": text, "tsconfig.json": text }, "index.html"))?.aliases).toEqual([]);
  });

  // Nothing is nested, so only the time that the parser may take ends this.
  test.each(["- ", "/a\\"])("with short lines of %j does not stop Limn", (unit) => {
    const text = unit.repeat(90_000 / unit.length).replace(/.{5000}/g, "$&\n");
    expect(readScript(text).value).toBeUndefined();
  });

  test("with a long path does not stop Limn", async () => {
    const slashes = "/".repeat(300_000);
    const site = await siteOf({ "package.json": "{}" }, "index.html");
    const value = { ".": { base: `${slashes}x`, served: { a: `${slashes}x` } } };
    expect(withSetting(site, value, `${root}/index.html`, root)?.base).toBe(`${slashes}x`);
    const path = "a".repeat(50_000);
    const calls = `c.addPassthroughCopy("\n${path}/b*"); c.addPassthroughCopy("${slashes.slice(0, 9000)}a/*")`;
    const eleventy = await siteOf({ "eleventy.config.js": `module.exports = (c) => { ${calls} }` }, "index.html");
    expect(eleventy?.served).toEqual([]);
  });
});
