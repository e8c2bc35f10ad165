import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../scripts/paths.ts";
import type { ImagingResponse } from "../../src/imaging/operation.ts";
import { startProcess } from "../../src/imaging/startProcess.ts";
import { noise } from "../imaging/pictures.ts";

const entry = join(root, "dist/imaging-process.js");

/** How many threads of the library a process has; emscripten gives them this name. */
function libraryThreads(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => readFileSync(`/proc/${pid}/task/${id}/comm`, "utf8"));
  return threads.filter((name) => name.trim() === "em-pthread").length;
}

// Each takes 7 MB of memory (docs/architecture.md).
test.runIf(process.platform === "linux").each(["png", "jpeg"] as const)(
  "a thumbnail of a %s takes two threads of the library",
  async (format) => {
    const { promise, resolve, reject } = Promise.withResolvers<ImagingResponse>();
    const { pid, send, end } = startProcess(entry, {
      onResponse: resolve,
      onLost: reject,
      onEnd: () => undefined,
    });
    onTestFinished(end);
    send({ id: 1, operation: { kind: "preview", bytes: await noise(900, 600, format), side: 320 } });
    expect(await promise).toMatchObject({ encoded: { format: "WEBP", width: 320 } });
    expect(libraryThreads(pid ?? 0)).toBe(2);
  },
);

// The work of a thread lasts until the process ends, so what its start has left is collected before
// it or never.
test("each thread of the library, and the main thread, collect their garbage", async () => {
  const child = fork(entry, [], {
    serialization: "advanced",
    execArgv: ["--trace-gc"],
    stdio: ["ignore", "pipe", "ignore", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const traced = text(child.stdout ?? Readable.from([]));
  const responded = once(child, "message");
  child.send({ id: 1, operation: { kind: "preview", bytes: await noise(900, 600, "jpeg"), side: 320 } });
  const [response] = await responded;
  expect(response).toMatchObject({ encoded: { format: "WEBP", width: 320 } });
  child.kill("SIGKILL");
  // V8 names the reason of a collection that code has asked for “testing”.
  const heaps = [...(await traced).matchAll(/^\[\d+:(\w+)\].* Mark-Compact .* testing;/gm)].map(([, heap]) => heap);
  expect(new Set(heaps).size).toBe(3);
});
