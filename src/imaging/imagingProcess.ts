// The entry of the image process. Bundled, sharp is its wasm build on every platform (a native
// build has crashed whole extension hosts on Linux); from sources it is the build that npm
// installed. Their pixels are the same.
import "./compileCode.ts";
import { createConcurrencyLimit } from "../core/concurrencyLimit.ts";
import { draw } from "./draw.ts";
import { exportPicture, findAttention } from "./exportPicture.ts";
import { isOpaqueImage } from "./opacity.ts";
import { failureOf } from "./openImage.ts";
import type { ImagingRequest, ImagingResponse } from "./operation.ts";
import { preview } from "./preview.ts";
import { shrink } from "./shrink.ts";

async function runOperation({ id, operation }: ImagingRequest): Promise<ImagingResponse> {
  switch (operation.kind) {
    case "shrink":
      return { id, encoded: await shrink(operation) };
    case "preview":
      return { id, encoded: await preview(operation) };
    case "draw":
      return { id, encoded: await draw(operation) };
    case "export":
      return { id, exported: await exportPicture(operation) };
    case "attention":
      return { id, crop: await findAttention(operation) };
    case "opacity":
      return { id, isOpaque: await isOpaqueImage(operation) };
  }
}

function respond(response: ImagingResponse): void {
  // If the channel is closed, the response is not needed.
  process.send?.(response, () => undefined);
}

async function handleRequest(request: ImagingRequest): Promise<void> {
  try {
    respond(await runOperation(request));
  } catch (error) {
    respond({ id: request.id, failure: failureOf(error), detail: String(error) });
  }
}

if (process.send === undefined) throw new Error("The image process runs only as a child of another process.");

// One operation at a time: two large pictures at once would double a memory that never shrinks.
const runInTurn = createConcurrencyLimit(1);
process.on("message", (request: ImagingRequest) => {
  void runInTurn(() => handleRequest(request));
});
// Ends with its parent, also if that crashed. `process.exit` would wait for the library's threads.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
