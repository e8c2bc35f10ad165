// node childGuard.ts <command> [arguments]
//
// Runs a program that has to end with the process that started it. When standard input closes, the
// program gets SIGTERM, and two seconds later the whole process group is killed. Standard input
// also closes if the starting process is killed. It starts this file `detached`, in a new process
// group, and with an IPC channel if it wants to receive the program's exit code.
import { spawn } from "node:child_process";

const graceMs = 2_000;
const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error("Usage: node childGuard.ts <command> [arguments]");

const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });

/** Ends this process too, since it is in the group. */
function killGroup(): void {
  process.kill(-process.pid, "SIGKILL");
}

process.stdin.on("close", () => {
  child.kill("SIGTERM");
  setTimeout(killGroup, graceMs);
});
process.stdin.resume();
child.on("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on("exit", (code) => {
  if (process.send === undefined || !process.connected) killGroup();
  else process.send(code ?? 1, undefined, undefined, killGroup);
});
