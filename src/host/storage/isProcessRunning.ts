import { hasCode } from "./fileError.ts";

/**
 * Whether a process runs on this computer. Process ids are reused, so it may be another process.
 */
export function isProcessRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
