import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A fresh folder outside the repository, and how to be rid of it. */
export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a fresh folder for one run. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "limn-"));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) };
}

/**
 * Writes a `.code-workspace` file beside a folder, with that folder alone in it, and gives its
 * path.
 */
export async function writeWorkspaceFile(parent: string, folder: string): Promise<string> {
  const file = join(parent, "test.code-workspace");
  await writeFile(file, JSON.stringify({ folders: [{ path: folder }] }));
  return file;
}
