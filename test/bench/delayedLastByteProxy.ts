// Forked by lastByte.ts with the URL of a service. Forwards all requests, but delays the last byte
// of each picture, so that the client has finished all other work; reports over IPC when it sends
// that byte.
import { setTimeout as wait } from "node:timers/promises";
import { startForwardingServer } from "../support/forwardingServer.ts";

/** Delay of the last byte in milliseconds. */
const lastByteDelayMs = 300;

const { url } = await startForwardingServer(process.argv[2] ?? "", async ({ method }, response, forward) => {
  const { status, headers, bytes } = await forward();
  response.writeHead(status, headers);
  if (method === "POST") {
    response.end(bytes);
    return;
  }
  await new Promise<unknown>((resolve) => response.write(bytes.subarray(0, -1), resolve));
  await wait(lastByteDelayMs);
  const sent = performance.timeOrigin + performance.now();
  response.end(bytes.subarray(-1));
  process.send?.(sent);
});
process.send?.(url);
process.once("disconnect", () => process.exit());
