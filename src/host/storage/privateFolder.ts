import { chmodSync, mkdirSync } from "node:fs";
import type { LogPort } from "../../core/ports.ts";

/**
 * Creates a folder that only its owner can read, or restricts an existing one: prompts and pictures
 * are private. Call it before anything is written there. Windows has no such modes; its profile
 * folders are private already.
 */
export function makeFolderPrivate(folder: string, log: LogPort): void {
  const ownerOnly = 0o700;
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnly });
    chmodSync(folder, ownerOnly);
  } catch (error) {
    log.warn(`${folder} could not be made private: ${String(error)}`);
  }
}
