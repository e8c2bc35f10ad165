import type { Server as HttpServer } from "node:http";
import { createServer, type Server } from "node:net";

/** The port a server listens on; 0 if it does not listen on a port. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The origin of an HTTP server that listens on loopback, such as `http://127.0.0.1:4321`. */
export const originOf = (server: Server): string => `http://127.0.0.1:${portOf(server)}`;

/** Starts a server on a free port of loopback. */
export const listenOnLoopback = (server: Server): Promise<void> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

/** Cuts all connections of an HTTP server and closes it. */
export async function closeServer(server: HttpServer): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Returns a port of loopback on which no program listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listenOnLoopback(server);
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
