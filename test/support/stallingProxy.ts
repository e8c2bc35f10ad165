import { type ReadRequest, startForwardingServer } from "./forwardingServer.ts";

/** The answer to withhold: to a send, to a poll, or the second half of a picture. */
export type WithheldAnswer = "send" | "poll" | "picture";

/** A server on loopback in front of the service that withholds one kind of answer. */
export interface StallingProxy {
  /** URL for tasks. */
  readonly url: string;
  /** Resolves when the first request arrives whose answer is withheld. */
  readonly reached: Promise<void>;
  /** Resolves when the client closes that connection, with milliseconds since the epoch. */
  readonly released: Promise<number>;
  close(): Promise<void>;
}

const answerKindOf = ({ method, body }: ReadRequest): WithheldAnswer =>
  method === "GET" ? "picture" : body.includes('"imageInference"') ? "send" : "poll";

/** Starts a proxy in front of the service; `service` is the URL for its tasks. */
export async function startStallingProxy(service: string, withheld: WithheldAnswer): Promise<StallingProxy> {
  const { promise: reached, resolve: resolveReached } = Promise.withResolvers<void>();
  const { promise: released, resolve: resolveReleased } = Promise.withResolvers<number>();
  const { url, close } = await startForwardingServer(service, async (request, response, forward) => {
    const kind = answerKindOf(request);
    const { status, headers, bytes } = await forward();
    if (kind !== withheld) {
      response.writeHead(status, headers).end(bytes);
      return;
    }
    response.once("close", () => resolveReleased(performance.timeOrigin + performance.now()));
    if (kind === "picture") {
      response.writeHead(200, { "content-length": String(bytes.length) });
      response.write(bytes.subarray(0, bytes.length / 2));
    }
    resolveReached();
  });
  return { url, reached, released, close };
}
