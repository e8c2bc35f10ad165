import { chmodSync, mkdirSync } from "node:fs";
import type { LogPort } from "../../core/ports.ts";

/**
 * Makes a folder into which nobody but its owner can look, also where it is there already: prompts
 * and pictures are no business of other users of the machine. Done before anything is written
 * there. Where the system does not know such modes, its profile folders hold.
 */
export function makeFolderPrivate(folder: string, log: LogPort): void {
  const ownerOnly = 0o700;
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnly });
    chmodSync(folder, ownerOnly);
  } catch (error) {
    log.warn(`${folder} could not be closed to other users: ${String(error)}`);
  }
}
