import { describe, expect, test } from "vitest";
import { findSite, type SiteFiles } from "../../../../src/core/links/sites/findSite.ts";
import { aliasedPlaces, servedPlaces, siteLinkPath } from "../../../../src/core/links/sites/sitePaths.ts";
import { withSetting } from "../../../../src/core/links/sites/siteSetting.ts";
import { languageOf } from "./languageOf.ts";
import { filesOf, type ProjectFiles, packageWith, root, siteOf } from "./projectFiles.ts";

/** A tool, the files of a project, and links of its documents with the files that they name. */
type Row = readonly [
  tool: string,
  files: ProjectFiles,
  ...links: readonly (readonly [document: string, link: string, file: string])[],
];

const angularJson = (assets: unknown): string =>
  JSON.stringify({ projects: { shop: { sourceRoot: "src", architect: { build: { options: { assets } } } } } });

const rows: readonly Row[] = [
  ["next", { "package.json": packageWith("next", "react") }, ["app/page.tsx", "/hero.png", "public/hero.png"]],
  [
    "next",
    { "package.json": "{}", "next.config.ts": 'export default { basePath: "/docs" }' },
    ["app/page.tsx", "/docs/hero.png", "public/hero.png"],
    ["app/global.css", "/docs/img/hero.png", "public/img/hero.png"],
    ["content/post.md", "/docs/hero.png", "public/hero.png"],
    ["content/post.md", "hero.png", "content/hero.png"],
    ["docs/notes.md", "../public/hero.png", "public/hero.png"],
    ["README.md", "public/hero.png", "public/hero.png"],
    ["src/components/README.md", "../../public/hero.png", "public/hero.png"],
    ["src/components/readme-tips.de.md", "../../public/hero.png", "public/hero.png"],
    ["content/support.md", "/docs/hero.png", "public/hero.png"],
  ],
  [
    "vite",
    { "package.json": packageWith("vite"), "vite.config.js": "" },
    ["index.html", "/hero.png", "public/hero.png"],
    ["src/App.vue", "./hero.png", "src/hero.png"],
    ["src/App.vue", "../other/hero.png", "other/hero.png"],
    ["src/app.css", "hero.png", "src/hero.png"],
    ["docs/notes.md", "../public/hero.png", "public/hero.png"],
  ],
  [
    "vite",
    { "vite.config.mts": 'export default { // publicDir: "old"\n publicDir: "static", base: "/shop/" }' },
    ["index.html", "/hero.png", "static/hero.png"],
    ["src/App.tsx", "/shop/hero.png", "static/hero.png"],
    ["src/app.css", "/hero.png", "static/hero.png"],
  ],
  [
    "astro",
    { "package.json": packageWith("astro"), "astro.config.mjs": 'export default defineConfig({ base: "docs" })' },
    ["src/pages/index.astro", "/docs/hero.png", "public/hero.png"],
    ["src/pages/post.md", "/docs/hero.png", "public/hero.png"],
    ["src/pages/post.md", "../assets/hero.png", "src/assets/hero.png"],
    ["src/pages/post.md", "./hero.png", "src/pages/hero.png"],
    ["CHANGELOG.md", "public/hero.png", "public/hero.png"],
    ["src/components/README.md", "../../public/hero.png", "public/hero.png"],
  ],
  [
    "nuxt",
    { "package.json": packageWith("nuxt"), "nuxt.config.ts": 'export default { dir: { public: "static" } }' },
    ["app/app.vue", "/hero.png", "static/hero.png"],
    ["content/index.md", "/hero.png", "static/hero.png"],
  ],
  [
    "sveltekit",
    {
      "package.json": packageWith("@sveltejs/kit", "vite"),
      "svelte.config.js": 'export default { kit: { files: { assets: "files" }, paths: { base: "/app" } } }',
    },
    ["src/routes/+page.svelte", "/app/hero.png", "files/hero.png"],
    ["src/app.css", "/hero.png", "files/hero.png"],
  ],
  [
    "sveltekit",
    {
      "package.json": packageWith("@sveltejs/kit", "vite"),
      "vite.config.ts": 'export default { plugins: [sveltekit({ paths: { base: "/app", relative: false } })] }',
    },
    ["src/routes/+page.svelte", "/app/hero.png", "static/hero.png"],
  ],
  [
    "vite",
    { "package.json": packageWith("svelte", "vite"), "svelte.config.js": "", "vite.config.js": "" },
    ["src/App.svelte", "/hero.png", "public/hero.png"],
  ],
  [
    "remix",
    { "package.json": packageWith("@react-router/dev", "vite") },
    ["app/root.tsx", "/hero.png", "public/hero.png"],
  ],
  [
    "gatsby",
    { "package.json": packageWith("gatsby"), "gatsby-config.js": "" },
    ["src/pages/index.jsx", "/hero.png", "static/hero.png"],
    ["content/post.md", "./hero.png", "content/hero.png"],
  ],
  [
    "docusaurus",
    {
      "package.json": packageWith("@docusaurus/core"),
      "docusaurus.config.js": 'export default { baseUrl: "/project/" }',
    },
    ["docs/intro.md", "/img/hero.png", "static/img/hero.png"],
    ["docs/intro.md", "./hero.png", "docs/hero.png"],
    ["docs/README.md", "/img/hero.png", "static/img/hero.png"],
    ["src/components/README.md", "../../static/img/hero.png", "static/img/hero.png"],
    ["src/pages/index.jsx", "/project/img/hero.png", "static/img/hero.png"],
  ],
  [
    "docusaurus",
    { "docusaurus.config.ts": "export default { staticDirectories: ['public', 'static'] }" },
    ["docs/intro.md", "/hero.png", "public/hero.png"],
    ["docs/intro.md", "/logo.png", "public/logo.png"],
  ],
  [
    "vitepress",
    { "package.json": packageWith("vitepress"), "docs/.vitepress/config.mts": 'export default { base: "/lib/" }' },
    ["docs/guide/start.md", "/hero.png", "docs/public/hero.png"],
    ["docs/guide/README.md", "/hero.png", "docs/public/hero.png"],
    ["docs/guide/start.md", "./hero.png", "docs/guide/hero.png"],
    ["docs/guide/start.md", "../hero.png", "docs/hero.png"],
  ],
  [
    "vitepress",
    { ".vitepress/config.ts": 'export default { srcDir: "./pages" }' },
    ["pages/start.md", "/hero.png", "pages/public/hero.png"],
    ["README.md", "pages/public/hero.png", "pages/public/hero.png"],
  ],
  [
    "eleventy",
    {
      "package.json": packageWith("@11ty/eleventy"),
      "eleventy.config.js": `export default (config) => {
        config.setInputDirectory("src");
        config.addPassthroughCopy("src/img");
        config.addPassthroughCopy("assets/**/*.png");
        config.addPassthroughCopy({ "media/pictures": "pics", "static": "/", "static/art": "art" });
      };`,
    },
    ["src/index.md", "/img/hero.png", "src/img/hero.png"],
    ["src/index.md", "/assets/hero.png", "assets/hero.png"],
    ["src/index.md", "/pics/hero.png", "media/pictures/hero.png"],
    ["src/index.md", "/hero.png", "static/hero.png"],
    ["src/index.md", "/art/hero.png", "static/art/hero.png"],
    ["src/index.md", "/_art/hero.png", "static/_art/hero.png"],
    ["src/blog/README.md", "/hero.png", "static/hero.png"],
    ["notes.md", "src/img/hero.png", "src/img/hero.png"],
  ],
  [
    "angular",
    { "package.json": packageWith("@angular/core"), "angular.json": angularJson([{ glob: "**/*", input: "public" }]) },
    ["src/app/app.html", "/hero.png", "public/hero.png"],
  ],
  [
    "angular",
    { "angular.json": angularJson(["src/favicon.ico", "src/assets", { glob: "*", input: "art", output: "/img/" }]) },
    ["src/app/app.html", "/assets/hero.png", "src/assets/hero.png"],
    ["src/app/app.html", "/img/hero.png", "art/hero.png"],
  ],
  [
    "hugo",
    { "hugo.toml": 'baseURL = "https://example.org/docs/"\n', "content/a/index.md": "", "static/x.png": "" },
    ["content/a/index.md", "/docs/img/hero.png", "static/img/hero.png"],
    ["content/a/index.md", "hero.png", "content/a/hero.png"],
    ["layouts/index.html", "/docs/hero.png", "static/hero.png"],
  ],
  [
    "hugo",
    { "config.toml": "", "content/post.md": "" },
    ["content/post.md", "/hero.png", "static/hero.png"],
    ["content/post.md", "/photos/hero.png", "static/photos/hero.png"],
  ],
  [
    "jekyll",
    { "_config.yml": "title: Site\nbaseurl: /blog # below the domain\n" },
    ["_posts/2026-01-01-first.md", "/blog/assets/hero.png", "assets/hero.png"],
    ["docs/page.md", "../_drafts/hero.png", "_drafts/hero.png"],
    ["docs/page.md", "_private/hero.png", "docs/_private/hero.png"],
    ["README.md", "assets/hero.png", "assets/hero.png"],
  ],
  [
    "hexo",
    { "package.json": packageWith("hexo"), "_config.yml": "" },
    ["source/_posts/a.md", "/hero.png", "source/hero.png"],
  ],
  ["jupyter-book", { "_config.yml": "", "_toc.yml": "" }, ["intro.md", "img/hero.png", "img/hero.png"]],
  [
    "mkdocs",
    { "mkdocs.yml": "site_name: Site\ndocs_dir: 'pages'\n", "package.json": "{}" },
    ["pages/guide/start.md", "../img/hero.png", "pages/img/hero.png"],
    ["pages/start.md", "img/hero.png", "pages/img/hero.png"],
  ],
  [
    "sphinx",
    { "docs/conf.py": "", "docs/index.rst": "", "package.json": "{}" },
    ["docs/guide/start.rst", "../img/hero.png", "docs/img/hero.png"],
    ["docs/guide/start.md", "../img/hero.png", "docs/img/hero.png"],
  ],
  [
    "laravel",
    { artisan: "", "package.json": packageWith("vite"), "vite.config.js": "" },
    ["resources/views/home.blade.php", "/img/hero.png", "public/img/hero.png"],
  ],
  [
    "rails",
    { Gemfile: "", "config/application.rb": "", "package.json": "{}" },
    ["app/assets/app.css", "/hero.png", "public/hero.png"],
    ["app/views/home.html.erb", "/assets/hero.png", "app/assets/images/hero.png"],
  ],
  [
    "django",
    { "manage.py": "" },
    ["templates/home.html", "/static/img/hero.png", "static/img/hero.png"],
    ["templates/home.html", "../media/hero.png", "media/hero.png"],
  ],
  [
    "django",
    { "manage.py": "", "blog/static/": "" },
    ["blog/templates/home.html", "/static/blog/hero.png", "blog/static/blog/hero.png"],
  ],
  [
    "no tool",
    { "package.json": "{}", "static/x.txt": "" },
    ["src/page.html", "/hero.png", "static/hero.png"],
    ["docs/page.md", "/hero.png", "static/hero.png"],
    ["docs/README.md", "../static/hero.png", "static/hero.png"],
    ["docs/page.rst", "../static/hero.png", "static/hero.png"],
    ["src/page.html", "../publicity/hero.png", "publicity/hero.png"],
  ],
];

/** Rows for a table test: one for each link. */
const linkRows = rows.flatMap(([tool, files, ...links]) =>
  links.map(([document, link, file]) => ({ tool, files, document, link, file })),
);

describe("A link to an image on a site", () => {
  test.each(linkRows)("of $tool: $link in $document is written for $file", async ({ tool, files, ...row }) => {
    const site = await siteOf(files, row.document);
    expect(site?.tool?.id ?? "no tool").toBe(tool);
    const document = { path: `${root}/${row.document}`, languageId: languageOf(row.document) };
    expect(siteLinkPath(site, document, `${root}/${row.file}`)).toBe(row.link);
  });

  test.each(linkRows.filter(({ link }) => link.startsWith("/")))(
    "of $tool: $link in $document leads to $file",
    async ({ files, document, link, file }) => {
      const site = await siteOf(files, document);
      const at = { path: `${root}/${document}`, languageId: languageOf(document) };
      const places = site === undefined ? [] : servedPlaces(site, at, link);
      // Without a known tool, only the folders that exist are served.
      const isThere = (folder: string) => Object.keys(files).some((path) => `${root}/${path}`.startsWith(`${folder}/`));
      const served = places.filter(({ folder }) => site?.tool !== undefined || isThere(folder));
      expect(served[0]?.file).toBe(`${root}/${file}`);
    },
  );

  test("is read with the base path of the site and without it", async () => {
    const files = { "vite.config.js": 'export default { base: "/shop/" }' };
    const document = { path: `${root}/index.html`, languageId: "html" };
    const site = await siteOf(files, "index.html");
    expect(site && servedPlaces(site, document, "/shop/hero.png").map(({ file }) => file)).toEqual([
      `${root}/public/shop/hero.png`,
      `${root}/public/hero.png`,
    ]);
  });

  test("is relative in a document that only the repository shows, unless it has links from the root", async () => {
    const site = await siteOf({ "package.json": packageWith("vite") }, "docs/notes.md");
    const [notes, readme] = ["docs/notes.md", "README.md"].map((name) => ({
      path: `${root}/${name}`,
      languageId: "markdown",
    }));
    const file = `${root}/public/hero.png`;
    expect(notes && siteLinkPath(site, notes, file, { usesRoot: true })).toBe("/hero.png");
    expect(readme && siteLinkPath(site, readme, file, { usesRoot: true })).toBe("public/hero.png");
  });

  test("is relative in a README file beside code, also if that has links from the root of the repository", async () => {
    const site = await siteOf({ "package.json": packageWith("astro") }, "src/components/README.md");
    const document = { path: `${root}/src/components/README.md`, languageId: "markdown" };
    expect(siteLinkPath(site, document, `${root}/public/hero.png`, { usesRoot: true })).toBe("../../public/hero.png");
  });

  test("starts in the folder that a document names for its images", async () => {
    const document = { path: `${root}/page.adoc`, languageId: "asciidoc" };
    expect(siteLinkPath(undefined, document, `${root}/img/a.png`, { start: `${root}/img/image` })).toBe("a.png");
  });

  test("leads to no file outside the site's folders", async () => {
    const site = await siteOf({ "package.json": packageWith("vite") }, "index.html");
    const document = { path: `${root}/index.html`, languageId: "html" };
    expect(site && servedPlaces(site, document, "/../../secret.png")).toEqual([]);
    expect(site && aliasedPlaces(site, "@/../../secret.png")).toEqual([]);
    const hostile = { "vite.config.js": 'export default { publicDir: "../../other" }' };
    expect((await siteOf(hostile, "index.html"))?.served).toEqual([{ folder: "public", url: "" }]);
  });

  test("to a file is one path, whatever folders it names on the way", async () => {
    const site = await siteOf({ "package.json": packageWith("vite") }, "index.html");
    const document = { path: `${root}/index.html`, languageId: "html" };
    const served = (path: string) => site && servedPlaces(site, document, path).map(({ file }) => file);
    expect(site && aliasedPlaces(site, "@site/img/../a//./hero.png")).toEqual([`${root}/a/hero.png`]);
    expect(site && aliasedPlaces(site, "@/..\\..\\secret.png")).toEqual([]);
    expect(served("/img/../~a/./hero.png")).toEqual([`${root}/public/~a/hero.png`]);
    expect(served("/..\\..\\secret.png")).toEqual([]);
  });

  test.each([
    ["tsconfig.json", '{ "compilerOptions": { "paths": { "@/*": ["../shared/*"] } } }'],
    [
      "vite.config.ts",
      'export default { resolve: { alias: { "@": fileURLToPath(new URL("../shared", import.meta.url)) } } }',
    ],
  ])("with an alias that leads out of the project is not looked for in the usual folders: %s", async (file, config) => {
    const site = await siteOf({ "package.json": packageWith("vite"), [file]: config }, "src/App.vue");
    expect(site && aliasedPlaces(site, "@/hero.png")).toEqual([]);
    expect(site && aliasedPlaces(site, "~@/hero.png")).toEqual([`${root}/src/hero.png`]);
    const document = { path: `${root}/src/App.vue`, languageId: "vue" };
    expect(siteLinkPath(site, document, `${root}/src/hero.png`, { usesAliases: true })).toBe("./hero.png");
  });

  test("with an alias leads to the folders of tsconfig.json", async () => {
    const tsconfig = `{
      // Comments and commas at the end are allowed here.
      "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./source/*"], "#art/*": ["art/*"], }, },
    }`;
    const site = await siteOf({ "package.json": "{}", "tsconfig.json": tsconfig }, "source/page.tsx");
    const placesOf = (path: string) => (site === undefined ? [] : aliasedPlaces(site, path));
    expect(placesOf("@/hero.png")).toEqual([`${root}/source/hero.png`]);
    expect(placesOf("#art/hero.png")).toEqual([`${root}/art/hero.png`]);
    expect(placesOf("$lib/hero.png")).toEqual([`${root}/src/lib/hero.png`]);
    expect(placesOf("unknown/hero.png")).toEqual([]);
  });

  test.each([
    ["vite.config.ts", 'export default { resolve: { alias: { "@": path.resolve(__dirname, "./source") } } }'],
    [
      "vite.config.ts",
      'export default { resolve: { alias: [{ find: "@", replacement: "/source" }, { find: /^x/ }] } }',
    ],
    [
      "vite.config.ts",
      'export default { resolve: { alias: { "@/": fileURLToPath(new URL("./source/", import.meta.url)) } } }',
    ],
    ["webpack.config.js", 'module.exports = { resolve: { alias: { "@": join(__dirname, "source"), "@x$": "x" } } }'],
    ["webpack.config.js", `module.exports = { resolve: { alias: { "@": \`\${__dirname}/source\` } } }`],
    ["webpack.config.js", "module.exports = { resolve: { alias: { '@': __dirname + '/source' } } }"],
    ["vite.config.ts", 'export default { resolve: { alias: { "@": path.resolve(process.cwd(), "source") } } }'],
    ["vite.config.ts", 'export default { resolve: { alias: { "@": path.resolve("source") } } }'],
    ["vite.config.ts", 'export default { resolve: { alias: { "@": new URL("./source", import.meta.url).pathname } } }'],
    [
      "vite.config.ts",
      'const root = path.dirname(fileURLToPath(import.meta.url)); const source = path.join(root, "source"); export default { resolve: { alias: { "@": source } } }',
    ],
    ["astro.config.mjs", 'export default { vite: { resolve: { alias: { "@": "./source" } } } }'],
    ["nuxt.config.ts", 'export default { alias: { "@": "./source", other: "./art", "@a": path.resolve("/etc") } }'],
    ["svelte.config.js", 'export default { kit: { alias: { "@/*": "./source/*" } } }'],
    ["tsconfig.json", '{ "compilerOptions": { "baseUrl": "source", "paths": { "@/*": ["*"] } } }'],
    [
      "vite.config.ts",
      'export default { resolve: { alias: { "@": path.join(__dirname, "/source"), "@a": path.resolve(__dirname, "/srv/www"), "@b": fileURLToPath(new URL("/srv", import.meta.url)) } } }',
    ],
  ])("with an alias leads to the folder of %s: %s", async (file, config) => {
    const site = await siteOf({ "package.json": "{}", [file]: config }, "source/page.tsx");
    expect(site?.aliases).toEqual([["@/", ["source"]]]);
  });

  test("with an alias of webpack for an absolute path is not looked for in the project", async () => {
    const config = `module.exports = { resolve: { alias: { "@": "/srv/art", "~": \`\${home}/art\` } } }`;
    const site = await siteOf({ "package.json": "{}", "webpack.config.js": config }, "src/page.tsx");
    expect(site?.aliases).toEqual([["@/", []]]);
  });

  test("with an alias of Vite starts in its root", async () => {
    const config =
      'export default { root: "app", resolve: { alias: { "@": "/src", "~": "./src", "#": "/../../src" } } }';
    const site = await siteOf({ "package.json": "{}", "vite.config.ts": config }, "app/page.tsx");
    expect(site?.aliases).toEqual([
      ["@/", ["app/src"]],
      ["~/", ["src"]],
      ["#/", []],
    ]);
  });
});

test("A link in a document with aliases starts with one, if the site does not serve the file", async () => {
  const tsconfig = '{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "@art/*": ["./src/art/*"] } } }';
  const site = await siteOf({ "package.json": packageWith("vite"), "tsconfig.json": tsconfig }, "src/App.vue");
  const linkTo = (file: string, usesAliases: boolean) =>
    siteLinkPath(site, { path: `${root}/src/views/Home.vue`, languageId: "vue" }, `${root}/${file}`, { usesAliases });
  expect(linkTo("src/assets/hut.png", true)).toBe("@/assets/hut.png");
  expect(linkTo("src/art/hut.png", true)).toBe("@art/hut.png");
  expect(linkTo("public/hut.png", true)).toBe("/hut.png");
  expect(linkTo("art/hut.png", true)).toBe("../../art/hut.png");
  expect(linkTo("src/assets/hut.png", false)).toBe("../assets/hut.png");
});

describe("The setting for sites", () => {
  const setting = {
    ".": { served: "web", base: "shop/", component: "next/image" },
    docs: { served: { pictures: "/img" }, links: "root" },
    "docs/manual/": { links: "relative", served: 7, base: [] },
    broken: "text",
    "../outside": { served: "x" },
  };

  /** The link that a document gets to a file, with the setting. */
  async function linkFrom(files: ProjectFiles, path: string, file: string, value: unknown = setting) {
    const site = withSetting(await siteOf(files, path), value, `${root}/${path}`, root);
    return siteLinkPath(site, { path: `${root}/${path}`, languageId: languageOf(path) }, `${root}/${file}`);
  }

  test("says which folders are served, where no file does", async () => {
    expect(await linkFrom({}, "index.html", "web/hero.png")).toBe("/shop/hero.png");
    expect(await linkFrom({}, "src/page.md", "web/hero.png")).toBe("/shop/hero.png");
    expect(await linkFrom({}, "docs/page.md", "docs/pictures/hero.png")).toBe("/img/hero.png");
    expect(await linkFrom({}, "README.md", "web/hero.png")).toBe("web/hero.png");
  });

  test("replaces what the files of the site say, and keeps the rest", async () => {
    const files = { "package.json": packageWith("next"), "next.config.js": 'module.exports = { basePath: "/a" }' };
    expect(await linkFrom(files, "app/page.tsx", "web/hero.png")).toBe("/shop/hero.png");
    expect(await linkFrom(files, "app/page.tsx", "public/hero.png")).toBe("../public/hero.png");
    expect(await linkFrom(files, "app/page.tsx", "public/hero.png", { ".": { base: "" } })).toBe("/hero.png");
    expect(await linkFrom(files, "notes/page.md", "public/hero.png", { ".": { links: "root" } })).toBe("/a/hero.png");
    expect(await linkFrom(files, "app/page.tsx", "public/hero.png", { ".": { links: "relative" } })).toBe(
      "../public/hero.png",
    );
  });

  test("is that of the nearest folder, and not for projects below it", async () => {
    expect(await linkFrom({}, "docs/manual/page.md", "docs/manual/hero.png")).toBe("hero.png");
    const files = { "apps/web/package.json": packageWith("vite") };
    expect(await linkFrom(files, "apps/web/index.html", "apps/web/public/hero.png")).toBe("/hero.png");
  });

  test("may name single files and folders in each other, of which the nearest counts", async () => {
    const served = { web: "/", "web/art": "/new", "art/logo.png": "/logo.png", pictures: "/art" };
    const site = withSetting(undefined, { ".": { served } }, `${root}/a.html`, root);
    const document = { path: `${root}/a.html`, languageId: "html" };
    expect(site && siteLinkPath(site, document, `${root}/web/art/hero.png`)).toBe("/new/hero.png");
    expect(site && siteLinkPath(site, document, `${root}/art/logo.png`)).toBe("/logo.png");
    const firstOf = (path: string) => site && servedPlaces(site, document, path)[0]?.file;
    expect(firstOf("/logo.png")).toBe(`${root}/art/logo.png`);
    expect(firstOf("/art/hero.png")).toBe(`${root}/pictures/hero.png`);
  });

  test("is ignored where it is not valid", async () => {
    for (const value of ["text", [], { ".": 7 }, { "../outside": { served: "." } }, { "/": {} }]) {
      expect(await linkFrom({}, "index.html", "web/hero.png", value)).toBe("web/hero.png");
    }
  });
});

describe("The site of a document", () => {
  test("is that of the nearest folder", async () => {
    const files = {
      "package.json": packageWith("next"),
      "apps/docs/package.json": packageWith("@docusaurus/core"),
      "apps/api/package.json": "{}",
    };
    const found = async (document: string) => (await siteOf(files, document))?.tool?.id;
    expect(await found("app/page.tsx")).toBe("next");
    expect(await found("apps/docs/docs/intro.md")).toBe("docusaurus");
    expect(await found("apps/api/src/index.ts")).toBeUndefined();
  });

  test("is found if the workspace folder is the root of the file system", async () => {
    const files: SiteFiles = {
      names: async (folder) => (folder === "" ? ["package.json", "index.html"] : []),
      text: async (file) => (file === "/package.json" ? packageWith("vite") : ""),
    };
    const site = await findSite(files, "/index.html", "");
    const document = { path: "/index.html", languageId: "html" };
    expect(site && servedPlaces(site, document, "/hero.png")[0]?.file).toBe("/public/hero.png");
    expect(siteLinkPath(site, document, "/public/hero.png")).toBe("/hero.png");
    const set = withSetting(site, { ".": { served: "web" } }, "/index.html", "");
    expect(siteLinkPath(set, document, "/web/hero.png")).toBe("/hero.png");
  });

  test("is unknown without a project, and outside the workspace folder", async () => {
    expect(await siteOf({ "index.html": "" }, "index.html")).toBeUndefined();
    const files = filesOf({ "package.json": "{}", "web/page.html": "" });
    expect(await findSite(files, `${root}/web/page.html`, `${root}/web`)).toBeUndefined();
  });

  test("is not that of MkDocs for a page that it does not build", async () => {
    const files = { "mkdocs.yml": "", "package.json": packageWith("vite") };
    expect((await siteOf(files, "docs/index.md"))?.tool?.id).toBe("mkdocs");
    expect((await siteOf(files, "src/App.vue"))?.tool?.id).toBe("vite");
  });

  test("bears a package.json and configurations that cannot be read", async () => {
    const site = await siteOf({ "package.json": "{ broken", "vite.config.ts": "export default ${" }, "src/a.css");
    expect(site).toMatchObject({ served: [{ folder: "public", url: "" }], base: "" });
    expect((await siteOf({ "angular.json": "[1, {" }, "src/a.css"))?.served).toEqual([{ folder: "public", url: "" }]);
  });

  test("keeps its folder if a configuration computes another one", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is code.
    const config = "const dir = env.DIR; export default { publicDir: dir, base: `${dir}/x` }";
    expect(await siteOf({ "vite.config.ts": config }, "index.html")).toMatchObject({
      served: [{ folder: "public", url: "" }],
      base: "",
    });
  });
});
