import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

/** What came to a receiver. */
export interface ReceivedRequest {
  readonly method: string;
  readonly type: string;
  readonly body: Buffer;
}

/** A server on loopback that takes what it is sent. */
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
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/here`,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
