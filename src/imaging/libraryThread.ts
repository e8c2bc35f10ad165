// Runs in each thread of the library before its code; build/imaging.mjs puts it there.
import { parentPort } from "node:worker_threads";
import { collectGarbage } from "./collectGarbage.ts";

let messages = 0;

// The first message has the compiled code, and the second starts the work, which lasts until the
// process ends. Between them, what the start of Node in this thread has left is collected: a third
// of a heap of 10 MB. This listener is called before that of the library.
parentPort?.on("message", () => {
  messages += 1;
  if (messages === 2 && globalThis.gc !== undefined) collectGarbage();
});
