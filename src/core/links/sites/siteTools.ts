import type { Script } from "../reading/scriptValues.ts";
import { basePathOf, folderAt, folderOf, isObject, parseJson, textAt, textsOf, valueAt } from "./configValue.ts";
import { angularConfig, eleventyConfig } from "./servedByConfig.ts";
import { type ConfigReader, joinPath, type SiteConfig, type SiteTool, servedFromRoot } from "./site.ts";
import { topLevelValues } from "./topLevelValues.ts";

const serves = (folders: readonly string[], content: readonly string[] = []): SiteConfig => ({
  served: servedFromRoot(...folders),
  base: "",
  content,
});

/** Keys of a configuration in JavaScript. */
interface Keys {
  readonly served?: string;
  /** The folder that the served one is in, which is `public` by default. */
  readonly root?: string;
  readonly base?: string;
}

/** What the keys say in an object. */
function valuesOf(config: unknown, keys: Keys): Partial<SiteConfig> {
  const [served, root, base] = [keys.served, keys.root, keys.base].map((key) =>
    key === undefined ? undefined : textAt(config, key),
  );
  const isMoved = served !== undefined || root !== undefined;
  const folder = isMoved ? folderOf(joinPath(root ?? "", served ?? "public")) : undefined;
  return {
    ...(folder === undefined ? {} : { served: servedFromRoot(folder) }),
    ...(base === undefined ? {} : { base: basePathOf(base) }),
  };
}

const literals = (keys: Keys): ConfigReader => ({ script: ({ value }) => valuesOf(value, keys) });

const svelteKeys: Keys = { served: "files.assets", base: "paths.base" };

/** Version 3 has its configuration in the plugin of Vite, and 2 in its own file. */
const svelteConfig = ({ value, calls }: Script): Partial<SiteConfig> => ({
  ...valuesOf(valueAt(value, "kit"), svelteKeys),
  ...valuesOf(calls("sveltekit")[0]?.[0], svelteKeys),
});

function vitepressConfig({ value }: Script): Partial<SiteConfig> {
  const source = folderAt(value, "srcDir") ?? "";
  const served = servedFromRoot(joinPath(source, "public"));
  return { served, content: [source], base: basePathOf(textAt(value, "base")) };
}

function docusaurusConfig({ value }: Script): Partial<SiteConfig> {
  const folders = textsOf(valueAt(value, "staticDirectories")).flatMap((folder) => folderOf(folder) ?? []);
  return {
    ...(folders.length === 0 ? {} : { served: servedFromRoot(...folders) }),
    base: basePathOf(textAt(value, "baseUrl")),
  };
}

const mkdocsConfig = (config: string): Partial<SiteConfig> => {
  const folder = folderAt(topLevelValues(config), "docs_dir") ?? "docs";
  return { served: servedFromRoot(folder), content: [folder] };
};

function jekyllConfig(config: string): Partial<SiteConfig> {
  const values = topLevelValues(config);
  const source = folderAt(values, "source") ?? "";
  return { served: servedFromRoot(source), content: [source], base: basePathOf(textAt(values, "baseurl")) };
}

function hugoConfig(config: string): Partial<SiteConfig> {
  const values = config.trimStart().startsWith("{") ? parseJson(config) : topLevelValues(config);
  // Hugo's keys have no case.
  const entries = Object.entries(isObject(values) ? values : {}).map(([key, value]) => [key.toLowerCase(), value]);
  const { staticdir, baseurl } = Object.fromEntries(entries);
  const folders = textsOf(staticdir).flatMap((folder) => folderOf(folder) ?? []);
  return {
    served: servedFromRoot(...(folders.length === 0 ? ["static"] : folders), "content"),
    base: basePathOf(textsOf(baseurl)[0]),
  };
}

const components = ["script", "vue", "svelte", "astro"] as const;

/**
 * The tools in the order in which they are looked for in a folder: those that use another one, such
 * as Vite, come before it. Sources are the pages of their documentation about static files.
 */
export const siteTools: readonly SiteTool[] = [
  {
    // Laravel, “Asset Bundling (Vite)”.
    id: "laravel",
    files: ["artisan"],
    defaults: serves(["public"]),
  },
  {
    // Ruby on Rails Guides, “The Asset Pipeline”.
    id: "rails",
    files: ["config/application.rb"],
    besides: "Gemfile",
    images: ["app/assets/images"],
    defaults: serves(["public"]),
  },
  {
    // Django, “How to manage static files”. `STATIC_URL` is `static/` in a new project.
    id: "django",
    files: ["manage.py"],
    defaults: { served: [{ folder: "static", url: "/static" }], base: "", content: [] },
  },
  {
    // Next.js, “public Folder” and “basePath”: the base path is written by hand.
    id: "next",
    configs: ["next.config"],
    packages: ["next"],
    defaults: serves(["public"], ["app", "pages", "src", "content", "posts", "_posts"]),
    read: literals({ base: "basePath" }),
    basePathIn: ["markdown", "mdx", "script", "style"],
    dottedIn: ["script", "mdx"],
    readmeFolders: [""],
  },
  {
    // Docusaurus, “Static Assets”: Markdown adds the base path, JSX does not.
    id: "docusaurus",
    configs: ["docusaurus.config"],
    packages: ["@docusaurus/core"],
    defaults: serves(["static"], ["docs", "blog", "src", "i18n", "versioned_docs"]),
    read: { script: docusaurusConfig },
    basePathIn: ["script"],
    dottedIn: ["markdown", "mdx", "script"],
    readmeFolders: ["src"],
  },
  {
    // Astro, “Images” and “Configuration Reference”, `base`.
    id: "astro",
    configs: ["astro.config"],
    packages: ["astro"],
    defaults: serves(["public"], ["src"]),
    read: literals({ served: "publicDir", root: "root", base: "base" }),
    basePathIn: ["markdown", "mdx", ...components],
    dottedIn: ["markdown", "mdx", ...components],
    readmeFolders: [""],
  },
  {
    // Nuxt, “Assets” and `app.baseURL`.
    id: "nuxt",
    configs: ["nuxt.config"],
    packages: ["nuxt", "nuxt3"],
    defaults: serves(["public"], ["content"]),
    read: literals({ served: "dir.public", base: "app.baseURL" }),
    basePathIn: ["script"],
    dottedIn: components,
  },
  {
    // SvelteKit, “Project structure” and “Configuration”, `paths`. Version 3 has its configuration
    // in Vite's file.
    id: "sveltekit",
    configs: ["svelte.config", "vite.config"],
    isConfigShared: true,
    packages: ["@sveltejs/kit"],
    defaults: serves(["static"]),
    read: { script: svelteConfig },
    basePathIn: ["svelte", "script"],
    dottedIn: components,
  },
  {
    // React Router and Remix, “Project structure”.
    id: "remix",
    configs: ["react-router.config", "remix.config"],
    packages: ["@remix-run/dev", "@react-router/dev"],
    defaults: serves(["public"]),
    read: literals({ base: "basename" }),
    basePathIn: ["script"],
    dottedIn: components,
  },
  {
    // Gatsby, “Using the Static Folder” and “Path Prefix”. It builds into `public`.
    id: "gatsby",
    configs: ["gatsby-config"],
    packages: ["gatsby"],
    defaults: serves(["static"], ["src", "content", "blog", "posts", "docs"]),
    read: literals({ base: "pathPrefix" }),
    basePathIn: ["script"],
    dottedIn: ["markdown", "mdx", ...components],
    readmeFolders: [""],
  },
  {
    // VitePress, “Asset Handling”.
    id: "vitepress",
    files: [".vitepress"],
    configs: [".vitepress/config"],
    defaults: serves(["public"], [""]),
    read: { script: vitepressConfig },
    dottedIn: ["markdown", ...components],
  },
  {
    // Eleventy, “Copy Files to Output”.
    id: "eleventy",
    files: [".eleventy.js"],
    configs: ["eleventy.config"],
    packages: ["@11ty/eleventy"],
    defaults: serves([], [""]),
    read: { script: eleventyConfig },
    basePathIn: ["markdown", "html", "handlebars"],
  },
  {
    // Angular, “Workspace configuration”; `public` since version 18.
    id: "angular",
    files: ["angular.json"],
    packages: ["@angular/core"],
    defaults: serves(["public"]),
    read: { json: angularConfig },
  },
  {
    // Hugo, “Directory structure”. It publishes the other files of `content` too.
    id: "hugo",
    files: ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"],
    defaults: serves(["static", "content"], ["content"]),
    read: { text: hugoConfig },
    basePathIn: ["markdown", "html"],
  },
  {
    id: "hugo",
    files: ["config.toml"],
    besides: "content",
    defaults: serves(["static", "content"], ["content"]),
    read: { text: hugoConfig },
    basePathIn: ["markdown", "html"],
  },
  {
    // Sphinx, “reStructuredText Primer”, “Images”: a slash stands for the source directory.
    id: "sphinx",
    files: ["conf.py"],
    besides: "index.rst",
    defaults: serves([""], [""]),
    links: "relative",
  },
  {
    id: "sphinx",
    files: ["conf.py"],
    besides: "index.md",
    defaults: serves([""], [""]),
    links: "relative",
  },
  {
    // MkDocs, “Writing your docs”: absolute paths are left as they are.
    id: "mkdocs",
    files: ["mkdocs.yml", "mkdocs.yaml"],
    defaults: serves(["docs"], ["docs"]),
    read: { text: mkdocsConfig },
    links: "relative",
    isContentOnly: true,
  },
  {
    // Jupyter Book, “Images and figures”.
    id: "jupyter-book",
    files: ["_toc.yml"],
    defaults: serves([""], [""]),
    links: "relative",
  },
  {
    // Hexo, “Asset Folders”. Its configuration has the name of Jekyll's.
    id: "hexo",
    packages: ["hexo"],
    defaults: serves(["source"], ["source"]),
  },
  {
    // Jekyll, “Assets” and `baseurl`. A page of GitHub may have a theme and no Gemfile.
    id: "jekyll",
    files: ["_config.yml", "_config.yaml"],
    defaults: serves([""], [""]),
    read: { text: jekyllConfig },
    basePathIn: ["markdown", "html"],
  },
  {
    // Vite, “Static Asset Handling” and “Public Base Path”: strings in code are not changed.
    id: "vite",
    configs: ["vite.config"],
    packages: ["vite"],
    defaults: serves(["public"]),
    read: literals({ served: "publicDir", root: "root", base: "base" }),
    basePathIn: ["script", "svelte"],
    dottedIn: components,
  },
];

/** Folders that projects without a known tool serve, if they exist. */
export const usualServedFolders = servedFromRoot("public", "static");
