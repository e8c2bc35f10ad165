import { fileURLToPath } from "node:url";

/** A document of a sample project with the image links that it contains. */
export interface SampleDocument {
  /** Path in the project. */
  readonly path: string;
  /** The page of the built site that shows it; absent if only the repository shows it. */
  readonly page?: string;
  /** The element of the framework that the document uses. */
  readonly element?: string;
  /** The element that the user's setting chooses, by its name there. */
  readonly component?: string;
  /** Links, in the order of the document, and the files that they name. */
  readonly links: readonly (readonly [link: string, file: string])[];
}

/** A small site, which its own tool builds; see `run.ts`. */
export interface SampleProject {
  /** The tool, and the folder of the project. */
  readonly tool: string;
  /** The package of the tool. */
  readonly npmName: string;
  /** Folder of the built site. */
  readonly output: string;
  /** The path that the built site is served below; empty for the root. */
  readonly base: string;
  readonly documents: readonly SampleDocument[];
}

/** The folder of the sample projects. */
export const projectsFolder = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

export const projects: readonly SampleProject[] = [
  {
    tool: "vite",
    npmName: "vite",
    output: "dist",
    base: "/shop",
    documents: [
      {
        path: "index.html",
        page: "/",
        links: [
          ["/hero.png", "public/hero.png"],
          ["src/leaf.png", "src/leaf.png"],
        ],
      },
      {
        path: "src/App.jsx",
        page: "/",
        links: [
          ["/shop/mug.png", "public/mug.png"],
          ["./leaf.png", "src/leaf.png"],
        ],
      },
      {
        path: "src/style.css",
        page: "/",
        links: [
          ["/paper.png", "public/paper.png"],
          ["wood.png", "src/wood.png"],
        ],
      },
    ],
  },
  {
    tool: "astro",
    npmName: "astro",
    output: "dist",
    base: "/docs",
    documents: [
      { path: "src/pages/index.astro", page: "/", links: [["/docs/hero.png", "public/hero.png"]] },
      {
        path: "src/pages/gallery.astro",
        page: "/gallery/",
        element: "Image",
        links: [["/docs/hero.png", "public/hero.png"]],
      },
      {
        path: "src/pages/art.astro",
        page: "/art/",
        element: "Image",
        component: "astro:assets",
        links: [["../assets/leaf.png", "src/assets/leaf.png"]],
      },
      {
        path: "src/pages/post.md",
        page: "/post/",
        links: [
          ["/docs/hero.png", "public/hero.png"],
          ["../assets/leaf.png", "src/assets/leaf.png"],
          ["./stone.png", "src/pages/stone.png"],
        ],
      },
      { path: "README.md", links: [["public/hero.png", "public/hero.png"]] },
    ],
  },
  {
    tool: "docusaurus",
    npmName: "@docusaurus/core",
    output: "build",
    base: "/project",
    documents: [
      {
        path: "docs/intro.md",
        page: "/docs/intro/",
        links: [
          ["/img/hero.png", "static/img/hero.png"],
          ["./leaf.png", "docs/leaf.png"],
        ],
      },
      {
        path: "src/pages/index.jsx",
        page: "/",
        links: [
          ["/project/img/hero.png", "static/img/hero.png"],
          ["./stone.png", "src/pages/stone.png"],
        ],
      },
    ],
  },
  {
    tool: "eleventy",
    npmName: "@11ty/eleventy",
    output: "_site",
    base: "",
    documents: [
      { path: "src/index.md", page: "/", links: [["/img/hero.png", "src/img/hero.png"]] },
      {
        path: "src/posts/first.html",
        page: "/posts/first/",
        links: [
          ["/img/hero.png", "src/img/hero.png"],
          ["/pics/leaf.png", "media/pictures/leaf.png"],
        ],
      },
    ],
  },
  {
    tool: "vitepress",
    npmName: "vitepress",
    output: "docs/.vitepress/dist",
    base: "/lib",
    documents: [
      {
        path: "docs/index.md",
        page: "/",
        links: [
          ["/hero.png", "docs/public/hero.png"],
          ["./leaf.png", "docs/leaf.png"],
        ],
      },
      {
        path: "docs/guide/start.md",
        page: "/guide/start.html",
        links: [
          ["/hero.png", "docs/public/hero.png"],
          ["../leaf.png", "docs/leaf.png"],
          ["./stone.png", "docs/guide/stone.png"],
        ],
      },
      { path: "README.md", links: [["docs/public/hero.png", "docs/public/hero.png"]] },
    ],
  },
  {
    tool: "next",
    npmName: "next",
    output: "out",
    base: "/docs",
    documents: [
      {
        path: "app/page.jsx",
        page: "/",
        links: [
          ["/docs/hero.png", "public/hero.png"],
          ["./leaf.png", "app/leaf.png"],
        ],
      },
      {
        path: "app/gallery/page.jsx",
        page: "/gallery",
        element: "Image",
        links: [["/docs/hero.png", "public/hero.png"]],
      },
      {
        path: "app/shop/page.jsx",
        page: "/shop",
        element: "Image",
        component: "next/image",
        links: [["../leaf.png", "app/leaf.png"]],
      },
      {
        path: "app/globals.css",
        page: "/",
        links: [
          ["/docs/paper.png", "public/paper.png"],
          ["wood.png", "app/wood.png"],
        ],
      },
    ],
  },
  {
    tool: "sveltekit",
    npmName: "@sveltejs/kit",
    output: "build",
    base: "/app",
    documents: [
      {
        path: "src/routes/+page.svelte",
        page: "/",
        links: [
          ["/app/hero.png", "static/hero.png"],
          ["../lib/leaf.png", "src/lib/leaf.png"],
        ],
      },
    ],
  },
  {
    tool: "nuxt",
    npmName: "nuxt",
    output: ".output/public",
    base: "/app",
    documents: [
      {
        path: "app/app.vue",
        page: "/",
        links: [
          ["/hero.png", "public/hero.png"],
          ["./assets/leaf.png", "app/assets/leaf.png"],
        ],
      },
      {
        path: "app/components/Gallery.vue",
        page: "/",
        element: "NuxtImg",
        component: "@nuxt/image",
        links: [["/hero.png", "public/hero.png"]],
      },
    ],
  },
];
