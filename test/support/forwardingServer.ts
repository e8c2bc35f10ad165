import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { closeServer, listenOnLoopback, originOf } from "./loopback.ts";

/** A request whose body has been read. */
export interface ReadRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What the service answered. */
export interface ServiceReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Answers a request; `forward` sends it to the service and resolves with the reply. */
export type Responder = (
  request: ReadRequest,
  response: ServerResponse,
  forward: () => Promise<ServiceReply>,
) => Promise<void>;

/** A server on loopback between a client and the service. */
export interface ForwardingServer {
  /** URL for tasks. */
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

/** Whether a reply is JSON, and not a picture. */
export const isJson = ({ headers }: ServiceReply): boolean => headers["content-type"]?.includes("json") ?? false;

/**
 * Starts a server in front of the service; `service` is the URL for its tasks. `respond` answers
 * each request; if it throws, the connection is cut. Links in the service's JSON point at this
 * server.
 */
export async function startForwardingServer(service: string, respond: Responder): Promise<ForwardingServer> {
  const { origin: serviceOrigin, pathname } = new URL(service);

  async function forward({ method, path, headers, body }: ReadRequest): Promise<ServiceReply> {
    const { authorization, "content-type": type } = headers;
    const answer = await fetch(`${serviceOrigin}${path}`, {
      method,
      headers: { ...(authorization && { authorization }), ...(type && { "content-type": type }) },
      ...(method === "POST" && { body }),
      redirect: "manual",
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const reply = {
      status: answer.status,
      headers: { "content-type": answer.headers.get("content-type") ?? "" },
      bytes,
    };
    return isJson(reply)
      ? { ...reply, bytes: Buffer.from(bytes.toString().replaceAll(serviceOrigin, originOf(server))) }
      : reply;
  }

  async function readAndRespond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/", headers } = incoming;
    const request = { method, path, headers, body: await text(incoming) };
    await respond(request, response, () => forward(request));
  }

  const server = createServer((incoming, response) => {
    readAndRespond(incoming, response).catch(() => incoming.socket.destroy());
  });
  await listenOnLoopback(server);
  return { url: `${originOf(server)}${pathname}`, server, close: () => closeServer(server) };
}
