import { readFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import type { CertificateAuthority } from "./certificateAuthority.ts";
import { closeServer, listenOnLoopback, portOf } from "./loopback.ts";

/** A server on loopback that accepts CONNECT for every host name and terminates TLS. */
export interface TlsTerminatingProxy {
  /** Its port on loopback, for a proxy that uses it as its parent. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts a server that answers CONNECT for any host name, decrypts TLS with the authority's
 * certificate, and forwards to the HTTP server at `upstream`. DNS does not resolve the host names
 * of the certificate, so every request here came through a proxy.
 */
export async function startTlsTerminatingProxy(
  authority: CertificateAuthority,
  upstream: string,
): Promise<TlsTerminatingProxy> {
  const [key, cert] = await Promise.all([readFile(authority.key), readFile(authority.certificate)]);
  const tlsServer = createTlsServer({ key, cert }, (client) => {
    const server = connect(Number(new URL(upstream).port), "127.0.0.1");
    client.pipe(server).pipe(client);
    client.on("error", () => server.destroy()).on("close", () => server.destroy());
    server.on("error", () => client.destroy()).on("close", () => client.destroy());
  });
  // A client that does not trust the certificate disconnects during the handshake.
  tlsServer.on("tlsClientError", () => undefined);
  const connectServer = createHttpServer();
  // Node's HTTP server does not track connections after CONNECT, so `close` must end them by hand.
  const tunnels = new Set<Duplex>();
  connectServer.on("connect", (_, socket) => {
    tunnels.add(socket);
    socket.on("close", () => tunnels.delete(socket));
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    tlsServer.emit("connection", socket);
  });
  await listenOnLoopback(connectServer);
  return {
    port: portOf(connectServer),
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      await closeServer(connectServer);
    },
  };
}
