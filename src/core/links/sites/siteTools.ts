import { type SiteConfig, type SiteTool, servedFromRoot } from "./site.ts";

const serves = (folders: readonly string[], content: readonly string[] = []): SiteConfig => ({
  served: servedFromRoot(...folders),
  base: "",
  content,
});

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
    defaults: {
      served: [...servedFromRoot("public"), { folder: "app/assets/images", url: "/assets" }],
      base: "",
      content: [],
    },
  },
  {
    // Django, “How to manage static files”. `STATIC_URL` is `static/` in a new project.
    id: "django",
    files: ["manage.py"],
    appFolder: "static",
    defaults: { served: [{ folder: "static", url: "/static" }], base: "", content: [] },
  },
  {
    // Next.js, “public Folder” and “basePath”: the base path is written by hand.
    id: "next",
    configs: ["next.config"],
    packages: ["next"],
    defaults: serves(["public"], ["app", "pages", "src", "content", "posts", "_posts"]),
    isConfigRead: true,
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
    isConfigRead: true,
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
    isConfigRead: true,
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
    isConfigRead: true,
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
    isConfigRead: true,
    basePathIn: ["svelte", "script"],
    dottedIn: components,
  },
  {
    // React Router and Remix, “Project structure”.
    id: "remix",
    configs: ["react-router.config", "remix.config"],
    packages: ["@remix-run/dev", "@react-router/dev"],
    defaults: serves(["public"]),
    isConfigRead: true,
    basePathIn: ["script"],
    dottedIn: components,
  },
  {
    // Gatsby, “Using the Static Folder” and “Path Prefix”. It builds into `public`.
    id: "gatsby",
    configs: ["gatsby-config"],
    packages: ["gatsby"],
    defaults: serves(["static"], ["src", "content", "blog", "posts", "docs"]),
    isConfigRead: true,
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
    isConfigRead: true,
    dottedIn: ["markdown", ...components],
  },
  {
    // Eleventy, “Copy Files to Output”.
    id: "eleventy",
    files: [".eleventy.js"],
    configs: ["eleventy.config"],
    packages: ["@11ty/eleventy"],
    defaults: serves([], [""]),
    isConfigRead: true,
    basePathIn: ["markdown", "html", "handlebars"],
  },
  {
    // Angular, “Workspace configuration”; `public` since version 18.
    id: "angular",
    files: ["angular.json"],
    packages: ["@angular/core"],
    defaults: serves(["public"]),
    isConfigRead: true,
  },
  {
    // Hugo, “Directory structure”. It publishes the other files of `content` too.
    id: "hugo",
    files: ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"],
    defaults: serves(["static", "content"], ["content"]),
    isConfigRead: true,
    basePathIn: ["markdown", "html"],
  },
  {
    id: "hugo",
    files: ["config.toml"],
    besides: "content",
    defaults: serves(["static", "content"], ["content"]),
    isConfigRead: true,
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
    isConfigRead: true,
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
    isConfigRead: true,
    basePathIn: ["markdown", "html"],
  },
  {
    // Vite, “Static Asset Handling” and “Public Base Path”: strings in code are not changed.
    id: "vite",
    configs: ["vite.config"],
    packages: ["vite"],
    defaults: serves(["public"]),
    isConfigRead: true,
    basePathIn: ["script", "svelte"],
    dottedIn: components,
  },
];

/** Folders that projects without a known tool serve, if they exist. */
export const usualServedFolders = servedFromRoot("public", "static");
