import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { errorReply, toResponse } from "./httpReply.ts";
import { isLoopbackHost } from "./loopback.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
import { ConnectionCutError } from "./tasks/acceptance.ts";

/** Options of a sandbox with an HTTP server. */
export interface SandboxServerOptions extends SandboxOptions {
  /** 0, the default, chooses a free port. */
  readonly port?: number;
}

/**
 * A running sandbox with an HTTP server. Its address for tasks is `http://127.0.0.1:PORT/v1`;
 * `close` closes all sockets too.
 */
export type SandboxServer = Omit<Sandbox, "handle" | "fetch">;

const host = "127.0.0.1";

/** Why a request is refused unread: it comes from a web page, or could. */
function refusalOf({ headers }: IncomingMessage): string | undefined {
  if (!isLoopbackHost(headers.host)) return "The sandbox answers on loopback only.";
  // Browsers send `Origin` with every POST of a page; other programs do not. Source: Fetch
  // Standard, 3.2.
  return headers.origin === undefined ? undefined : "The sandbox does not answer web pages.";
}

/** The body of a request as it arrives. What is not read stays, so that it can be answered. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        } catch (cause) {
          throw new ConnectionCutError("The client closed the connection.", { cause });
        }
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

function toRequest(incoming: IncomingMessage, origin: string): Request {
  const { method = "GET", url = "/" } = incoming;
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const isRead = method === "GET" || method === "HEAD";
  const init = { method, headers, ...(isRead ? {} : { body: bodyOf(incoming), duplex: "half" as const }) };
  return new Request(new URL(url, origin), init);
}

async function respond(incoming: IncomingMessage, outgoing: ServerResponse, sandbox: Sandbox): Promise<void> {
  try {
    const request = toRequest(incoming, sandbox.url);
    const refusal = refusalOf(incoming);
    const response =
      refusal === undefined
        ? await sandbox.handle(request)
        : toResponse(errorReply({ code: "forbidden", message: refusal }), request);
    // Otherwise the rest of an unread body would be parsed as the next request.
    const close = incoming.complete ? {} : { Connection: "close" };
    // Pages must not embed a picture either. Source: Fetch Standard, 3.7.
    const crossOriginHeaders = { "Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff" };
    outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...crossOriginHeaders, ...close });
    await pipeline(response.body ?? [], outgoing);
  } catch {
    // The prompt asks for it, the client is gone, the sandbox closes, or it is not HTTP.
    incoming.socket.destroy();
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === "EADDRINUSE" ? "another program uses it" : cause.message;
      reject(new Error(`The sandbox cannot listen on port ${port}: ${reason}. Choose another port.`, { cause }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/**
 * Starts a sandbox with an HTTP server on loopback, for tests and for other programs. VS Code does
 * not use it: `sandboxHost.ts` calls the sandbox within the process.
 * @throws Error with a sentence for the user if the port is taken; what `startSandbox` throws.
 */
export async function startSandboxServer({ port = 0, ...options }: SandboxServerOptions): Promise<SandboxServer> {
  let origin = `http://${host}`;
  const sandbox = await startSandbox(options, () => origin);
  const server = createServer((incoming, outgoing) => void respond(incoming, outgoing, sandbox));
  // Longer than clients keep a connection, so that none is closed while a client sends a request.
  server.keepAliveTimeout = 120_000;
  origin = `http://${host}:${await listen(server, port)}`;
  const { url, key, ledger, receivedTaskTypes } = sandbox;
  return {
    url,
    key,
    ledger,
    receivedTaskTypes,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      const ended = sandbox.close();
      server.closeAllConnections();
      await Promise.all([closed, ended]);
    },
  };
}
