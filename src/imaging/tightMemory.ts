import { totalmem } from "node:os";

/** Part of the memory that has to be available. */
const reserve = 0.1;

/**
 * Whether the computer, or the container, has little memory left. macOS counts no memory that it
 * could free, so it is often `true` there.
 */
export function isMemoryTight(): boolean {
  const limit = process.constrainedMemory();
  // Without a limit, it is 0 or an enormous number.
  const total = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return process.availableMemory() < total * reserve;
}
