import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../scripts/paths.ts";
import type { ImagingResponse } from "../../src/imaging/operation.ts";
import { startProcess } from "../../src/imaging/startProcess.ts";
import { noise } from "../imaging/pictures.ts";

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
    const { pid, send, end } = startProcess(join(root, "dist/imaging-process.js"), {
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
