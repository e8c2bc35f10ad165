import { readFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import type { CertificateAuthority } from "./certificateAuthority.ts";

/** A place on loopback that is every host somebody asks it to connect to, and speaks TLS there. */
export interface TlsTerminatingProxy {
  /** Its port on loopback: for a proxy that has it as its own parent. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts a site that answers CONNECT for any name, takes TLS off with the authority's certificate,
 * and hands the rest to the plain server behind. Its names are in no DNS: what gets here has come
 * through a proxy.
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
  // A client that does not trust the certificate goes away in the middle of the greeting.
  tlsServer.on("tlsClientError", () => undefined);
  const connectServer = createHttpServer();
  // Node's server lets go of a connection that asked for CONNECT, and would wait for it for ever.
  const tunnels = new Set<Duplex>();
  connectServer.on("connect", (_, socket) => {
    tunnels.add(socket);
    socket.on("close", () => tunnels.delete(socket));
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    tlsServer.emit("connection", socket);
  });
  await new Promise<void>((resolve) => connectServer.listen(0, "127.0.0.1", resolve));
  return {
    port: portOf(connectServer),
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      connectServer.closeAllConnections();
      await new Promise((resolve) => connectServer.close(resolve));
    },
  };
}

/** The port a server listens on. */
export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
