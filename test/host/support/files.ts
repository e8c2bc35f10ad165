import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { imageMeta } from "image-meta";
import { Uri, workspace } from "vscode";
import type { Focus } from "../../../src/core/targets/crop.ts";
import { hasCode } from "../../../src/host/storage/fileError.ts";
import { jobIndexFile } from "../../../src/host/storage/storagePaths.ts";

/** URI of the workspace folder, a copy of the sample site. */
export function workspaceRoot(): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, "No workspace folder is open.");
  return folder.uri;
}

let folderCount = 0;

/** Returns the path of a folder in the workspace that no test has used. Does not create it. */
export const freshFolder = (): string => `made/${++folderCount}`;

/** Returns the URI of a file or folder in the workspace. */
export const uriInWorkspace = (path: string): Uri => Uri.joinPath(workspaceRoot(), path);

/** Returns the sorted names in a folder of the workspace; empty if the folder does not exist. */
export async function fileNamesIn(folder: string): Promise<readonly string[]> {
  const path = uriInWorkspace(folder).fsPath;
  return existsSync(path) ? (await readdir(path)).sort() : [];
}

/** Reads the bytes of a file. */
export const bytesOf = async (uri: string | Uri): Promise<Uint8Array> =>
  workspace.fs.readFile(typeof uri === "string" ? Uri.parse(uri) : uri);

/** Returns format and pixels of an image, read from its bytes, such as `png 1024x1024`. */
export function formatAndSize(bytes: Uint8Array): string {
  const { type = "?", width = 0, height = 0 } = imageMeta(bytes);
  return `${type} ${width}x${height}`;
}

/** Returns name, format and pixels of a saved file. */
export const describeFile = async (uri: string): Promise<string> =>
  `${basename(Uri.parse(uri).path)}: ${formatAndSize(await bytesOf(uri))}`;

const userData = process.env.LIMN_TEST_USER_DATA;
assert.ok(userData, "LIMN_TEST_USER_DATA is not set: run the host tests with npm run test:host.");

/** Folder of the user's settings and the storage of extensions. */
export const userFolder = join(userData, "User");

/** Limn's folder below `globalStorageUri`. */
export const storageFolder = join(userFolder, "globalStorage", "limn.limn");

/** Folder of the journal. */
export const jobsFolder = join(storageFolder, "jobs");

/** Where the journal is. */
export const journalPaths = { folder: jobsFolder, indexFile: jobIndexFile(storageFolder) };

/** Folder of the vault. */
export const vaultFolder = join(storageFolder, "vault");

/** Resolves with `undefined` instead of rejecting with ENOENT. */
async function ifExists<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return undefined;
    }
    throw error;
  }
}

/** Reads all files below a folder. Leaves out files that Limn deletes in the meantime. */
export async function filesBelow(
  folder: string,
): Promise<readonly { readonly path: string; readonly bytes: Buffer }[]> {
  if (!existsSync(folder)) {
    return [];
  }
  const entries = await ifExists(readdir(folder, { recursive: true, withFileTypes: true }));
  if (entries === undefined) {
    return filesBelow(folder);
  }
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(paths.map(async (path) => ({ path, bytes: await ifExists(readFile(path)) })));
  return files.flatMap(({ path, bytes }) => (bytes === undefined ? [] : { path, bytes }));
}

/** Reads Limn's log of all windows of this run. */
export async function readLogs(): Promise<string> {
  const files = await filesBelow(join(userData ?? "", "logs"));
  return files
    .filter(({ path }) => basename(path) === "Limn.log")
    .map(({ bytes }) => bytes.toString())
    .join("");
}

/** A job file of the journal. */
export interface JobFile {
  readonly taskUUID: string;
  readonly state: string;
  readonly endpoint: string;
  readonly request: { readonly exportTarget?: string; readonly promptHint?: string };
  readonly target: { readonly replacesDraft?: boolean };
  readonly settled?: boolean;
  readonly workspace?: string;
  readonly pictures: readonly {
    readonly file?: string;
    readonly kept: readonly string[];
    readonly unsafe?: boolean;
    readonly focus?: Focus;
  }[];
}

/** Reads the job files with this prompt. */
export async function jobFilesOf(prompt: string): Promise<readonly JobFile[]> {
  const files = await filesBelow(jobsFolder);
  return files
    .map(({ bytes }) => bytes.toString())
    .filter((text) => text.includes(`"prompt":${JSON.stringify(prompt)}`))
    .map((text): JobFile => JSON.parse(text));
}
