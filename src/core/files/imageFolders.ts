/** A folder in which a project keeps its images, by the convention of a tool. */
interface ImageFolder {
  /** Path below the folder of `package.json`. */
  readonly path: string;
  /** Whether its files are served from the site's root. */
  readonly isServed: boolean;
  /** Files beside `package.json` of the tools that write their output into this folder. */
  readonly outputOf?: readonly string[];
}

/** Tools that build their site into `public`, and may delete what is in it. */
const buildIntoPublic = [
  // Gatsby, “Using the Static Folder”: files of `static` are copied into `public`.
  ...["gatsby-config.js", "gatsby-config.mjs", "gatsby-config.ts"],
  // Hugo, “Directory structure”: `public` is created by a build.
  ...["hugo.toml", "hugo.yaml", "hugo.json"],
];

/**
 * In the order in which they are tried. First those that are served from the site's root, then
 * those whose images are imported by the code.
 */
const imageFolders: readonly ImageFolder[] = [
  // Vite, “Static Asset Handling”; Next.js, “public Folder”; Nuxt, “public”;
  // Astro, “Project structure”.
  { path: "public", isServed: true, outputOf: buildIntoPublic },
  // SvelteKit, “Project structure”; Docusaurus, “Static Assets”;
  // Hugo, “Static files”; Gatsby.
  { path: "static", isServed: true },
  // Astro, “Images”; the templates of create-vite and create-vue; Angular up to version 17.
  { path: "src/assets", isServed: false },
  // Gatsby, “Gatsby Image plugin”.
  { path: "src/images", isServed: false },
  // Nuxt, “assets”; Expo, “Assets”.
  { path: "assets", isServed: false },
  // No tool's convention, but the default of `limn.folder`.
  { path: "images", isServed: false },
];

/** Paths of the folders whose files are served from the site's root. */
export const servedFolders: readonly string[] = imageFolders.filter(({ isServed }) => isServed).map(({ path }) => path);

/** Names of a folder for images inside one for files of all kinds. */
const innerFolders = ["images", "img"];

/** Looks at a project; paths are relative to the folder of its `package.json`. */
interface ProjectFiles {
  readonly hasFile: (path: string) => Promise<boolean>;
  /** Whether there is a folder that pictures can be saved in. */
  readonly hasFolder: (path: string) => Promise<boolean>;
}

async function findFirst(paths: readonly string[], has: (path: string) => Promise<boolean>) {
  for (const path of paths) {
    if (await has(path)) {
      return path;
    }
  }
  return undefined;
}

/** The folder in which a project keeps its images: one that exists, or `undefined`. */
export async function findImageFolder({ hasFile, hasFolder }: ProjectFiles): Promise<string | undefined> {
  for (const { path, outputOf = [] } of imageFolders) {
    if ((await hasFolder(path)) && (await findFirst(outputOf, hasFile)) === undefined) {
      const inner = innerFolders.map((name) => `${path}/${name}`);
      return (await findFirst(inner, hasFolder)) ?? path;
    }
  }
  return undefined;
}

/**
 * Languages of documents that are read without a build, so that the convention of the project
 * around them says nothing about their images. VS Code's identifiers.
 */
const documentLanguages: ReadonlySet<string> = new Set([
  "markdown",
  "mdx",
  "html",
  "restructuredtext",
  "asciidoc",
  "latex",
]);

/** Whether the project around a document decides where its images are: it does for code. */
export const followsProject = (languageId: string | undefined): boolean =>
  languageId === undefined || !documentLanguages.has(languageId);
