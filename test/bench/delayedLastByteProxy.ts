// Started by lastByte.ts with the address of a service: passes everything through, but holds back
// the last byte of each picture for a while, so that whoever reads it has done all that can be done
// before; then sends it, and tells over IPC when.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds between all bytes but one and the last one. */
const lastByteDelayMs = 300;

const service = new URL(process.argv[2] ?? "");
let origin = "";

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const { authorization = "" } = headers;
  const body = await text(request);
  const answer = await fetch(`${service.origin}${url}`, {
    method,
    ...(method === "POST" && { body, headers: { authorization, "content-type": "application/json" } }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  if (method === "POST") {
    response.end(bytes.toString().replaceAll(service.origin, origin));
    return;
  }
  await new Promise<unknown>((resolve) => response.write(bytes.subarray(0, -1), resolve));
  await wait(lastByteDelayMs);
  const sent = performance.timeOrigin + performance.now();
  response.end(bytes.subarray(-1));
  process.send?.(sent);
}

const server = createServer((request, response) => {
  respond(request, response).catch(() => request.socket.destroy());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  process.send?.(`${origin}${service.pathname}`);
});
process.once("disconnect", () => process.exit());
