import {
  type CancellationToken,
  RelativePattern,
  type TextDocument,
  type Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { documentLanguage, languageOfFile, linkedExtensions } from "./documentLanguage.ts";

/** A document as its editor shows it, or as it is on disk. */
export interface DocumentText {
  readonly uri: Uri;
  readonly text: string;
  /** VS Code's identifier. */
  readonly languageId: string;
}

/** Bounds of a search: files in a workspace folder, and files read at a time. */
const [maxFiles, maxReads] = [20_000, 16];
/** Maximum number of bytes of a file that is read. */
export const maxBytes = 2_000_000;

/** Folders of packages, and of files that tools make, which users do not edit. */
const madeFolders = [
  ...["node_modules", "bower_components", ".git", "dist", "build", "out", "_site", "coverage"],
  ...[".next", ".nuxt", ".output", ".svelte-kit", ".astro", ".docusaurus", ".cache"],
];

/** Whether a file or folder of the workspace is one of packages or tools. */
export function isMade(uri: Uri): boolean {
  const folder = workspace.getWorkspaceFolder(uri)?.uri;
  const below = folder === undefined ? [] : uri.path.slice(folder.path.length).split("/");
  return below.some((name) => madeFolders.includes(name));
}

/**
 * VS Code knows no braces inside braces, so those of a setting are written out. A glob with more of
 * them than one pair, or a long one, is left out: it would make the whole glob around it invalid.
 */
function expandBraces(glob: string): readonly string[] {
  const [, before = "", list = "", after = ""] = /^([^{]*)\{([^{}]*)\}([^{}]*)$/.exec(glob.slice(0, 500)) ?? [];
  const expanded = list === "" ? [glob] : list.split(",").map((one) => before + one + after);
  return expanded.filter((one) => !/[{},]/.test(one));
}

/** A glob for files that the user's settings and Limn leave out of a search. */
function excludeGlob({ uri }: WorkspaceFolder): string {
  const globsOf = (section: "files" | "search") =>
    Object.entries(workspace.getConfiguration(section, uri).get<Readonly<Record<string, unknown>>>("exclude", {}))
      .filter(([, isExcluded]) => isExcluded === true)
      .map(([glob]) => glob);
  const made = madeFolders.map((name) => `**/${name}`);
  const globs = [...made, ...[...globsOf("files"), ...globsOf("search")].flatMap(expandBraces)];
  return `{${[...new Set(globs)].flatMap((glob) => [glob, `${glob}/**`]).join()}}`;
}

/** Files that a search reads. */
interface FoundFiles {
  readonly files: readonly Uri[];
  /** Whether a workspace folder has more of them than are read. */
  readonly isCut: boolean;
}

async function findFiles(extensions: readonly string[], token: CancellationToken): Promise<FoundFiles> {
  const names = extensions.flatMap((extension) => [extension, extension.toUpperCase()]);
  const found = (workspace.workspaceFolders ?? []).map((folder) =>
    workspace.findFiles(
      new RelativePattern(folder, `**/*.{${names.join()}}`),
      excludeGlob(folder),
      maxFiles + 1,
      token,
    ),
  );
  const byFolder = await Promise.all(found);
  const files = byFolder.flatMap((uris) => uris.slice(0, maxFiles));
  // A workspace folder may contain another one.
  const unique = [...new Map(files.map((uri) => [uriKey(uri), uri])).values()];
  return { files: unique, isCut: byFolder.some(({ length }) => length > maxFiles) };
}

/** The notebooks of the workspace. */
export const findNotebooks = (token: CancellationToken): Promise<FoundFiles> => findFiles(["ipynb"], token);

const textOf = (document: TextDocument): DocumentText => ({
  uri: document.uri,
  text: document.getText(),
  languageId: documentLanguage(document),
});

/** Editors may contain text that is not saved. */
const isOpenFile = ({ uri, isClosed }: TextDocument): boolean =>
  !isClosed &&
  workspace.getWorkspaceFolder(uri) !== undefined &&
  workspace.fs.isWritableFileSystem(uri.scheme) === true;

/** What a search found. */
export interface SearchResult<Found> {
  readonly found: readonly Found[];
  /** Number of files that are too large, or that cannot be read or visited. */
  readonly unread: number;
  /** Whether a workspace folder has more files than are read. */
  readonly isCut: boolean;
}

/**
 * Calls `visit` with each document of the workspace that may have image links and contains the
 * pattern, a few at a time, so that their texts need not be in memory together. One that cannot be
 * visited does not end the search. `isExcluded`: it is open, though the settings leave its file out
 * of a search.
 */
export async function searchDocuments<Found>(
  pattern: RegExp,
  token: CancellationToken,
  visit: (document: DocumentText, isExcluded: boolean) => Promise<Found>,
): Promise<SearchResult<Found>> {
  const { files, isCut } = await findFiles(linkedExtensions, token);
  const keys = new Set(files.map((uri) => uriKey(uri)));
  // Read as late as possible: an undo may take back a file and its link one after the other.
  const open = workspace.textDocuments.filter(isOpenFile).map(textOf);
  const openKeys = new Set(open.map(({ uri }) => uriKey(uri)));
  const limit = createConcurrencyLimit(maxReads);
  let unread = 0;
  const visitOne = async (...args: Parameters<typeof visit>): Promise<readonly Found[]> => {
    try {
      return [await visit(...args)];
    } catch {
      unread++;
      return [];
    }
  };
  const read = files
    .filter((uri) => !openKeys.has(uriKey(uri)))
    .map((uri) =>
      limit(async (): Promise<readonly Found[]> => {
        const languageId = languageOfFile(uri);
        if (languageId === undefined || token.isCancellationRequested) return [];
        const bytes = await readRegularFile(uri, maxBytes).catch(() => undefined);
        if (bytes === undefined) {
          unread++;
          return [];
        }
        const content = Buffer.from(bytes);
        if (!pattern.test(content.toString("latin1"))) return [];
        return visitOne({ uri, text: content.toString().replace(/^\uFEFF/, ""), languageId }, false);
      }),
    );
  const openFound = open.filter(({ text }) => pattern.test(text));
  const visited = openFound.map((document) => visitOne(document, !keys.has(uriKey(document.uri))));
  return { found: (await Promise.all([...visited, ...read])).flat(), unread, isCut };
}
