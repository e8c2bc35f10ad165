/**
 * Whether a process of this computer runs. The number of one that has ended may be that of another
 * by now.
 */
export function isProcessRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
