import { mkdir, readdir, rm } from "node:fs/promises";
import { cache } from "../../../scripts/paths.ts";
import { isProcessRunning } from "../../../src/host/storage/isProcessRunning.ts";

const parent = `${cache}/test`;

/**
 * Creates the folder of this run in .cache/test, with the bundle and the logs. Deletes those that
 * earlier runs of this name left because they failed or were stopped.
 * @returns its path.
 */
export async function createWorkFolder(name: "desktop" | "host"): Promise<string> {
  const path = `${parent}/${name}-${process.pid}`;
  await mkdir(path, { recursive: true });
  for (const entry of await readdir(parent)) {
    const [, pid] = new RegExp(`^${name}-(\\d+)$`).exec(entry) ?? [];
    if (pid !== undefined && !isProcessRunning(Number(pid))) await rm(`${parent}/${entry}`, { recursive: true });
  }
  return path;
}

/** Deletes the folder of a run without failures. That of a failed one stays until the next run. */
export async function closeWorkFolder(path: string, hasFailed: boolean): Promise<void> {
  if (hasFailed) process.stdout.write(`The bundle and the logs are in ${path} until the next run.\n`);
  else await rm(path, { recursive: true, force: true });
}
