import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";

/** One request as it came to the front. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** The first task's type; empty for anything but tasks, such as a picture. */
  readonly taskType: string;
  /**
   * How many requests of this kind came before: same task type, or same path where there is none.
   */
  readonly precedingCount: number;
}

/**
 * Where in an exchange something happens: before the service hears of it, when it has answered, or
 * when a part of its answer is on the wire: half of the status line, half of the headers, half of
 * the body.
 */
export type ExchangePoint = "before" | "after" | "status" | "headers" | "body";

/**
 * What the front does with one request; without any of these it is passed on and answered
 * truthfully.
 */
export interface ProxyAction {
  /** Cuts the connection there. */
  readonly cut?: ExchangePoint;
  /** Says nothing more from there on, and keeps the connection open. */
  readonly hang?: ExchangePoint;
  /**
   * Answers by itself, without asking the service. A body in parts is sent without telling its
   * length.
   */
  readonly answer?: {
    readonly status: number;
    readonly body: string | Uint8Array | Iterable<Uint8Array>;
    readonly headers?: Record<string, string>;
  };
  /** Waits for this before anything else. */
  readonly holdUntil?: Promise<void>;
  /** Changes the JSON that the service answered. */
  readonly change?: (body: string) => string;
  /** Changes the picture that the service answered. */
  readonly changePicture?: (picture: Buffer) => Uint8Array;
  /** Put over the headers of the service's answer. */
  readonly headers?: Record<string, string>;
  /** Sends the service's answer in as many pieces, one after the other. */
  readonly pieces?: number;
}

/**
 * A server on loopback between a client and the service, which does to each request what it is
 * told.
 */
export interface FaultProxy {
  /** Where tasks are posted. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** Connections that are open now. */
  connections(): Promise<number>;
  /** Says from now on what becomes of a request. */
  setRule(rule: (seen: RecordedRequest) => ProxyAction | undefined): void;
  /** Hears of each request that has begun to hang. */
  onHang(listener: (seen: RecordedRequest) => void): void;
  close(): Promise<void>;
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function firstTaskType(body: string): string {
  const [first]: { taskType?: string }[] = body.startsWith("[") ? JSON.parse(body) : [];
  return first?.taskType ?? "";
}

/** What the service answered, ready to be sent. */
interface Reply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly bytes: Uint8Array;
}

/** Puts on the wire what comes before the place, and resolves when it has left. */
async function sendUntil(
  point: ExchangePoint,
  { status, headers, bytes }: Reply,
  response: ServerResponse,
): Promise<void> {
  const { socket } = response;
  const write = (text: string) => new Promise<void>((resolve) => socket?.write(text, () => resolve()));
  if (point === "status") {
    await write("HTTP/1.1 2");
  } else if (point === "headers") {
    await write("HTTP/1.1 200 OK\r\nContent-Type: application/js");
  } else if (point === "body") {
    response.writeHead(status, { ...headers, "content-length": String(bytes.length) });
    const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
    await new Promise<void>((resolve) => response.write(half, () => resolve()));
  }
}

async function sendInPieces({ status, headers, bytes }: Reply, pieces: number, response: ServerResponse) {
  response.writeHead(status, headers);
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let from = 0; from < bytes.length; from += size) {
    response.write(bytes.subarray(from, from + size));
    // Each piece leaves by itself.
    await setImmediate();
  }
  response.end();
}

/**
 * Starts a front before the service whose tasks are posted to `service`. Links in its answers lead
 * through the front as well.
 */
export async function startFaultProxy(service: string): Promise<FaultProxy> {
  const serviceOrigin = new URL(service).origin;
  const requests: RecordedRequest[] = [];
  let rule: (request: RecordedRequest) => ProxyAction | undefined = () => undefined;
  let onHangListener: (request: RecordedRequest) => void = () => undefined;
  let origin = "";

  async function recordRequest(request: IncomingMessage): Promise<RecordedRequest> {
    const { method = "GET", url: path = "/", headers } = request;
    const body = await readText(request);
    const taskType = firstTaskType(body);
    const isSameKind = (other: RecordedRequest) =>
      other.taskType === taskType && (taskType !== "" || other.path === path);
    const recorded = { method, path, headers, body, taskType, precedingCount: requests.filter(isSameKind).length };
    requests.push(recorded);
    return recorded;
  }

  async function forward({ method, path, headers, body }: RecordedRequest, action: ProxyAction): Promise<Reply> {
    const { authorization, "content-type": type } = headers;
    const answer = await fetch(`${serviceOrigin}${path}`, {
      method,
      headers: { ...(authorization && { authorization }), ...(type && { "content-type": type }) },
      ...(method === "POST" && { body }),
      redirect: "manual",
    });
    const mediaType = answer.headers.get("content-type") ?? "";
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { change = (text) => text, changePicture = (picture) => picture } = action;
    return {
      status: answer.status,
      headers: { "content-type": mediaType, ...action.headers },
      bytes: mediaType.includes("json")
        ? Buffer.from(change(bytes.toString().replaceAll(serviceOrigin, origin)))
        : changePicture(bytes),
    };
  }

  async function answerDirectly(
    { status, body, headers }: NonNullable<ProxyAction["answer"]>,
    response: ServerResponse,
  ) {
    response.writeHead(status, headers);
    if (typeof body === "string" || body instanceof Uint8Array) {
      response.end(body);
    } else {
      await pipeline(Readable.from(body), response);
    }
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = await recordRequest(request);
    const action = rule(recorded) ?? {};
    const point = action.cut ?? action.hang;
    await action.holdUntil;
    if (point !== undefined) {
      if (point !== "before") {
        await sendUntil(point, await forward(recorded, action), response);
      }
      if (action.cut !== undefined) {
        request.socket.destroySoon();
        return;
      }
      const closed = once(request.socket, "close");
      onHangListener(recorded);
      await closed;
    } else if (action.answer === undefined) {
      await sendInPieces(await forward(recorded, action), action.pieces ?? 1, response);
    } else {
      await answerDirectly(action.answer, response);
    }
  }

  const server = createServer((request, response) => {
    respond(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    url: `${origin}${new URL(service).pathname}`,
    requests,
    connections: () =>
      new Promise((resolve, reject) =>
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
    setRule(next) {
      rule = next;
    },
    onHang(listener) {
      onHangListener = listener;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
