import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { isJson, type ReadRequest, type ServiceReply, startForwardingServer } from "./forwardingServer.ts";

/** One request that reached the fault proxy. */
export interface RecordedRequest extends ReadRequest {
  /** Type of the first task; empty if the request holds no tasks, such as a download. */
  readonly taskType: string;
  /** Number of earlier requests with the same task type, or the same path if there is none. */
  readonly precedingCount: number;
}

/**
 * Moment of an exchange: before the service gets the request, after it has answered, or when the
 * first half of the status line, of the headers or of the body has been sent to the client.
 */
export type ExchangePoint = "before" | "after" | "status" | "headers" | "body";

/** What the proxy does with one request; an empty action forwards it unchanged. */
export interface ProxyAction {
  /** Cuts the connection at this moment. */
  readonly cut?: ExchangePoint;
  /** Stops sending at this moment and keeps the connection open. */
  readonly hang?: ExchangePoint;
  /** Answers without the service. A body in parts is sent without a content length. */
  readonly answer?: {
    readonly status: number;
    readonly body: string | Uint8Array | Iterable<Uint8Array>;
    readonly headers?: Record<string, string>;
  };
  /** Waits for this promise first. */
  readonly holdUntil?: Promise<void>;
  /** Changes the JSON of the service's answer. */
  readonly change?: (body: string) => string;
  /** Changes the picture of the service's answer. */
  readonly changePicture?: (picture: Buffer) => Uint8Array;
  /** Overrides headers of the service's answer. */
  readonly headers?: Record<string, string>;
  /** Number of pieces in which the service's answer is sent. */
  readonly pieces?: number;
}

/** A server on loopback between a client and the service that injects faults by a rule. */
export interface FaultProxy {
  /** URL for tasks. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** Resolves with the number of open connections. */
  connections(): Promise<number>;
  /** Sets the rule for all later requests. */
  setRule(rule: (request: RecordedRequest) => ProxyAction | undefined): void;
  /** Calls the listener with each request that starts to hang; replaces an earlier listener. */
  onHang(listener: (request: RecordedRequest) => void): void;
  close(): Promise<void>;
}

function firstTaskType(body: string): string {
  const [first]: { taskType?: string }[] = body.startsWith("[") ? JSON.parse(body) : [];
  return first?.taskType ?? "";
}

/** Sends everything before this moment of the exchange; resolves when it is sent. */
async function sendUntil(
  point: ExchangePoint,
  { status, headers, bytes }: ServiceReply,
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

async function sendInPieces({ status, headers, bytes }: ServiceReply, pieces: number, response: ServerResponse) {
  response.writeHead(status, headers);
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let from = 0; from < bytes.length; from += size) {
    response.write(bytes.subarray(from, from + size));
    // Yields to the event loop, so that each piece is sent separately.
    await setImmediate();
  }
  response.end();
}

/** Applies the changes of an action to the service's reply. */
function changeReply(reply: ServiceReply, { change, changePicture, headers }: ProxyAction): ServiceReply {
  const { bytes } = reply;
  const changed = isJson(reply) ? (change?.(bytes.toString()) ?? bytes) : (changePicture?.(bytes) ?? bytes);
  return { status: reply.status, headers: { ...reply.headers, ...headers }, bytes: Buffer.from(changed) };
}

/** Starts a fault proxy in front of the service; `service` is the URL for its tasks. */
export async function startFaultProxy(service: string): Promise<FaultProxy> {
  const requests: RecordedRequest[] = [];
  let rule: (request: RecordedRequest) => ProxyAction | undefined = () => undefined;
  let onHangListener: (request: RecordedRequest) => void = () => undefined;

  function recordRequest(request: ReadRequest): RecordedRequest {
    const taskType = firstTaskType(request.body);
    const isSameKind = (other: RecordedRequest) =>
      other.taskType === taskType && (taskType !== "" || other.path === request.path);
    const recorded = { ...request, taskType, precedingCount: requests.filter(isSameKind).length };
    requests.push(recorded);
    return recorded;
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

  const { url, server, close } = await startForwardingServer(service, async (request, response, forward) => {
    const { socket } = response.req;
    const recorded = recordRequest(request);
    const action = rule(recorded) ?? {};
    const point = action.cut ?? action.hang;
    await action.holdUntil;
    if (point !== undefined) {
      if (point !== "before") {
        await sendUntil(point, changeReply(await forward(), action), response);
      }
      if (action.cut !== undefined) {
        socket.destroySoon();
        return;
      }
      const closed = once(socket, "close");
      onHangListener(recorded);
      await closed;
    } else if (action.answer === undefined) {
      await sendInPieces(changeReply(await forward(), action), action.pieces ?? 1, response);
    } else {
      await answerDirectly(action.answer, response);
    }
  });
  return {
    url,
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
    close,
  };
}
