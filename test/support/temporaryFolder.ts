import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder outside the repository. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Creates a new folder. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "limn-"));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/** Writes a `.code-workspace` file with one folder into `parent`, and returns its path. */
export async function writeWorkspaceFile(parent: string, folder: string): Promise<string> {
  const file = join(parent, "test.code-workspace");
  await writeFile(file, JSON.stringify({ folders: [{ path: folder }] }));
  return file;
}
