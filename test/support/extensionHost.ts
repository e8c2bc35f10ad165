import { readdirSync, readFileSync } from "node:fs";

/** The parent and the command line of a process; `undefined` where it is gone. */
function read(pid: number): { readonly parent: number; readonly command: string } | undefined {
  try {
    // The name in parentheses may hold anything, the fields after it may not. Source: proc(5), /proc/pid/stat.
    const [, parent] = /^.*\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, "utf8") };
  } catch {
    return undefined;
  }
}

function descends(pid: number, from: number): boolean {
  for (let current = pid; current > 1; current = read(current)?.parent ?? 0) {
    if (current === from) {
      return true;
    }
  }
  return false;
}

/** Process numbers of the extension hosts below this process. Linux only. */
export const extensionHosts = (): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => read(pid)?.command.includes("--type=extensionHost") === true && descends(pid, process.pid));
