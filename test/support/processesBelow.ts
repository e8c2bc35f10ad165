import { readdirSync, readFileSync } from "node:fs";

/** Returns the parent and the command line of a process; `undefined` if it has ended. */
function readProcess(pid: number): { readonly parent: number; readonly command: string } | undefined {
  try {
    // The name in parentheses may hold any character. Source: proc(5), /proc/pid/stat.
    const [, parent] = /^.*\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, "utf8") };
  } catch {
    return undefined;
  }
}

function isDescendant(pid: number, ancestor: number): boolean {
  for (let current = pid; current > 1; current = readProcess(current)?.parent ?? 0) {
    if (current === ancestor) {
      return true;
    }
  }
  return false;
}

/** Returns the ids of the processes below this one whose command line has the text. Linux only. */
export const processesBelow = (commandPart: string): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readProcess(pid)?.command.includes(commandPart) === true && isDescendant(pid, process.pid));

/** Returns the ids of the extension host processes below this process. Linux only. */
export const extensionHostPids = (): number[] => processesBelow("--type=extensionHost");
