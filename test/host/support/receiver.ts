import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { closeServer, listenOnLoopback, originOf } from "../../support/loopback.ts";

/** A request to a receiver. */
export interface ReceivedRequest {
  readonly method: string;
  readonly type: string;
  readonly body: Buffer;
}

/** A server on loopback that records requests and answers them with an empty 200. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  close(): Promise<void>;
}

/** Starts a receiver for webhooks and uploads. */
export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    buffer(request).then(
      (body) => {
        received.push({ method: request.method ?? "", type: request.headers["content-type"] ?? "", body });
        response.end();
      },
      () => request.socket.destroy(),
    );
  });
  await listenOnLoopback(server);
  return {
    url: `${originOf(server)}/here`,
    received,
    close: () => closeServer(server),
  };
}
