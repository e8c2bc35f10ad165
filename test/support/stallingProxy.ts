import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** What can be held back: the answer to a send, to a poll, or the second half of a picture. */
export type WithheldAnswer = "send" | "poll" | "picture";

/** A server on loopback before the service that never gives one kind of answer. */
export interface StallingProxy {
  /** Where tasks are posted. */
  readonly url: string;
  /** Resolves when the first request that is held has come. */
  readonly reached: Promise<void>;
  /** Resolves when the client has let go of it, to that moment in milliseconds since the epoch. */
  readonly released: Promise<number>;
  close(): Promise<void>;
}

const answerKindOf = ({ method }: IncomingMessage, body: string): WithheldAnswer =>
  method === "GET" ? "picture" : body.includes('"imageInference"') ? "send" : "poll";

/** Starts such a server; links in the service's answers lead through it as well. */
export async function startStallingProxy(service: string, withheld: WithheldAnswer): Promise<StallingProxy> {
  const serviceOrigin = new URL(service).origin;
  const { promise: reached, resolve: resolveReached } = Promise.withResolvers<void>();
  const { promise: released, resolve: resolveReleased } = Promise.withResolvers<number>();
  let origin = "";

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const body = await text(request);
    const kind = answerKindOf(request, body);
    const { authorization = "" } = headers;
    const answer = await fetch(`${serviceOrigin}${url}`, {
      method,
      ...(method === "POST" && { body, headers: { authorization, "content-type": "application/json" } }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const content = kind === "picture" ? bytes : Buffer.from(bytes.toString().replaceAll(serviceOrigin, origin));
    if (kind !== withheld) {
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" }).end(content);
      return;
    }
    response.once("close", () => resolveReleased(performance.timeOrigin + performance.now()));
    if (kind === "picture") {
      response.writeHead(200, { "content-length": String(content.length) });
      response.write(content.subarray(0, content.length / 2));
    }
    resolveReached();
  }

  const server = createServer((request, response) => {
    respond(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    url: `${origin}${new URL(service).pathname}`,
    reached,
    released,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
