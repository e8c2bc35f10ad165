import {
  type CancellationToken,
  RelativePattern,
  type TextDocument,
  type Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import { createConcurrencyLimit } from "../../core/concurrencyLimit.ts";
import { documentLanguage, languageOfFile, linkedExtensions } from "../imageLinks/documentLanguage.ts";
import { uriKey } from "../workspace/fileUri.ts";

/** A document as its editor shows it, or as it is on disk. */
export interface DocumentText {
  readonly uri: Uri;
  readonly text: string;
  /** VS Code's identifier. */
  readonly languageId: string;
}

/** Bounds of a search: files in a workspace folder, bytes of a file, and files read at a time. */
const [maxFiles, maxBytes, maxReads] = [20_000, 2_000_000, 16];

/** Folders of packages, and of files that tools make, which users do not edit. */
const madeFolders = [
  ...["node_modules", "bower_components", ".git", "dist", "build", "out", "_site", "coverage"],
  ...[".next", ".nuxt", ".output", ".svelte-kit", ".astro", ".docusaurus", ".cache"],
].map((name) => `**/${name}`);

/** A glob for files that the user's settings and Limn leave out of a search. */
function excludeGlob({ uri }: WorkspaceFolder): string {
  const globsOf = (section: "files" | "search") =>
    Object.entries(workspace.getConfiguration(section, uri).get<Readonly<Record<string, unknown>>>("exclude", {}))
      .filter(([, isExcluded]) => isExcluded === true)
      .map(([glob]) => glob);
  const globs = [...madeFolders, ...globsOf("files"), ...globsOf("search")];
  return `{${[...new Set(globs)].flatMap((glob) => [glob, `${glob}/**`]).join()}}`;
}

async function filesOf(folder: WorkspaceFolder, token: CancellationToken): Promise<readonly Uri[]> {
  const names = linkedExtensions.flatMap((extension) => [extension, extension.toUpperCase()]);
  const include = new RelativePattern(folder, `**/*.{${names.join()}}`);
  return workspace.findFiles(include, excludeGlob(folder), maxFiles, token);
}

/** The text of a file, if it contains the pattern. */
async function readIfFound(uri: Uri, pattern: RegExp): Promise<string | undefined> {
  const { size } = await workspace.fs.stat(uri);
  if (size > maxBytes) {
    return undefined;
  }
  const bytes = Buffer.from(await workspace.fs.readFile(uri));
  return pattern.test(bytes.toString("latin1")) ? bytes.toString().replace(/^\uFEFF/, "") : undefined;
}

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

/**
 * The documents of the workspace that may have image links and contain the pattern. Files that
 * cannot be read are left out.
 */
export async function findDocuments(pattern: RegExp, token: CancellationToken): Promise<readonly DocumentText[]> {
  const folders = workspace.workspaceFolders ?? [];
  const files = (await Promise.all(folders.map((folder) => filesOf(folder, token)))).flat();
  // A workspace folder may contain another one.
  const unique = [...new Map(files.map((uri) => [uriKey(uri), uri])).entries()];
  // Read as late as possible: an undo may take back a file and its link one after the other.
  const open = workspace.textDocuments.filter(isOpenFile).map(textOf);
  const openKeys = new Set(open.map(({ uri }) => uriKey(uri)));
  const limit = createConcurrencyLimit(maxReads);
  const read = unique
    .filter(([key]) => !openKeys.has(key))
    .map(([, uri]) =>
      limit(async (): Promise<readonly DocumentText[]> => {
        const languageId = languageOfFile(uri.with({ path: uri.path.toLowerCase() }));
        if (languageId === undefined || token.isCancellationRequested) return [];
        const text = await readIfFound(uri, pattern).catch(() => undefined);
        return text === undefined ? [] : [{ uri, text, languageId }];
      }),
    );
  return [...open.filter(({ text }) => pattern.test(text)), ...(await Promise.all(read)).flat()];
}
