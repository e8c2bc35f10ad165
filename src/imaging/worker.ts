import { parentPort } from "node:worker_threads";
import { createConcurrencyLimit } from "../core/concurrencyLimit.ts";
import { draw } from "./draw.ts";
import { failureOf } from "./openImage.ts";
import type { Encoded, Operation, WorkerRequest, WorkerResponse } from "./operation.ts";
import { preview } from "./preview.ts";
import { shrink } from "./shrink.ts";

// The entry of the imaging thread. Bundled, sharp is its wasm build on every platform (a native
// build has crashed whole extension hosts on Linux); from sources it is the build that npm
// installed. Their pixels are the same.

function runOperation(operation: Operation): Promise<Encoded> {
  switch (operation.kind) {
    case "shrink":
      return shrink(operation);
    case "preview":
      return preview(operation);
    case "draw":
      return draw(operation);
  }
}

const port = parentPort;
if (port === null) throw new Error("The imaging worker runs only as a thread.");

async function handleRequest({ id, operation }: WorkerRequest): Promise<void> {
  try {
    const encoded = await runOperation(operation);
    port?.postMessage({ id, encoded } satisfies WorkerResponse, [encoded.bytes.buffer]);
  } catch (error) {
    port?.postMessage({ id, failure: failureOf(error), detail: String(error) } satisfies WorkerResponse);
  }
}

// One operation at a time: two large pictures at once would double a memory that never shrinks.
const runInTurn = createConcurrencyLimit(1);
port.on("message", (request: WorkerRequest) => {
  void runInTurn(() => handleRequest(request));
});
