/** A folder whose files a site serves. Paths are slash-separated, without a slash at the end. */
export interface ServedFolder {
  /** Below the folder of the site; empty for that folder itself. */
  readonly folder: string;
  /** What the address of its files starts with, before the slash; empty for the site's root. */
  readonly url: string;
}

/** What the configuration of a tool says about the images of its site. */
export interface SiteConfig {
  /** Folders of served files, the one for new files first. */
  readonly served: readonly ServedFolder[];
  /** The path that the whole site is below, such as `/docs`; empty for none. */
  readonly base: string;
  /** Folders whose Markdown becomes pages; empty text for the folder of the site itself. */
  readonly content: readonly string[];
}

/** What the tool does with a document. Languages that have no such group stand for themselves. */
export type DocumentKind = "markdown" | "script" | "style" | (string & {});

const kinds: Readonly<Record<string, DocumentKind>> = {
  ...{ markdown: "markdown", mdx: "mdx" },
  ...{ javascript: "script", javascriptreact: "script", typescript: "script", typescriptreact: "script" },
  ...{ css: "style", scss: "style", sass: "style", less: "style" },
};

/** The kind of a document, by VS Code's identifier of its language. */
export const documentKind = (languageId: string): DocumentKind => kinds[languageId] ?? languageId;

/** A tool that makes a web site, and where the site's images are. */
export interface SiteTool {
  readonly id: string;
  /** Files or folders that only this tool's projects have; each may be a path. */
  readonly files?: readonly string[];
  /** Names of configuration files in JavaScript or TypeScript, without the extension. */
  readonly configs?: readonly string[];
  /** Packages that `package.json` names if the project uses the tool. */
  readonly packages?: readonly string[];
  /** Whether the configuration may be that of another tool, so that only a package counts. */
  readonly isConfigShared?: boolean;
  /** A file or folder that must be there too. */
  readonly besides?: string;
  /** Folders for images that its own functions link to, the first one for new files. */
  readonly images?: readonly string[];
  /** A folder that each application of the project may have; it is served like the first one. */
  readonly appFolder?: string;
  /** Without a configuration that says something else. */
  readonly defaults: SiteConfig;
  /** Whether `siteConfigs.ts` reads its configuration. */
  readonly isConfigRead?: boolean;
  /** Kinds of documents in which the base path is not added by the tool. */
  readonly basePathIn?: readonly DocumentKind[];
  /** Links to served files: from the root, or relative to the document. By default, the root. */
  readonly links?: "relative";
  /** Kinds in which a relative path starts with a dot, since a bundler resolves it. */
  readonly dottedIn?: readonly DocumentKind[];
  /** Folders whose README files it makes no pages of: those that contain code too. */
  readonly readmeFolders?: readonly string[];
  /** Whether it is the tool of its content only, and says nothing about other documents. */
  readonly isContentOnly?: boolean;
}

/** Folders that are served from the root of the site. */
export const servedFromRoot = (...folders: readonly string[]): readonly ServedFolder[] =>
  folders.map((folder) => ({ folder, url: "" }));

/** Whether a path is the folder or below it; everything is below the empty path. */
export const isBelow = (path: string, folder: string): boolean =>
  folder === "" || path === folder || path.startsWith(`${folder}/`);

/** The absolute path of a place below a folder, which may be the root of the file system. */
export const pathBelow = (root: string, ...parts: readonly string[]): string =>
  [root, ...parts.filter((part) => part !== "")].join("/");

/** Joins parts of a path; empty ones are left out. */
export const joinPath = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("/");
