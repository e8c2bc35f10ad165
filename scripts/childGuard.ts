// node childGuard.ts <command> [arguments]
//
// Runs one program that must not outlive the test that started it. The starter holds the other end
// of standard input: when that closes, because the starter asks for an end or because it is gone
// (even by SIGKILL), the program is asked to stop, and its whole process group is killed a little
// later. The starter runs this file `detached`, so that it leads a group of its own.
import { spawn } from "node:child_process";

const graceMs = 2_000;
const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error("Usage: node childGuard.ts <command> [arguments]");

const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"] });

/** Ends this process too: it is a member of the group. */
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
child.on("exit", killGroup);
