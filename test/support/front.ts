import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** One request as it came to the front. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** The first task's type; empty for anything but tasks, such as a picture. */
  readonly taskType: string;
  /** How many requests of this kind came before: same task type, or same path where there is none. */
  readonly earlier: number;
}

/** What the front does with one request; without any of these it is passed on and answered truthfully. */
export interface Deed {
  /** Cuts the connection: before the service hears of the request, or when it has answered. */
  readonly cut?: "before" | "after";
  /** Answers by itself, without asking the service. */
  readonly answer?: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };
  /** Waits for this before anything else. */
  readonly hold?: Promise<void>;
  /** Changes what the service answered. */
  readonly change?: (body: string) => string;
}

/** A server on loopback between a client and the service, which does to each request what it is told. */
export interface Front {
  /** Where tasks are posted. */
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Says from now on what becomes of a request. */
  decide(rule: (seen: Seen) => Deed | undefined): void;
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

/** Starts a front before the service whose tasks are posted to `service`. Links in its answers lead through the front as well. */
export async function startFront(service: string): Promise<Front> {
  const behind = new URL(service).origin;
  const seen: Seen[] = [];
  let rule: (seen: Seen) => Deed | undefined = () => undefined;
  let origin = "";

  async function note(request: IncomingMessage): Promise<Seen> {
    const { method = "GET", url: path = "/", headers } = request;
    const body = await readText(request);
    const taskType = firstTaskType(body);
    const alike = (other: Seen) => other.taskType === taskType && (taskType !== "" || other.path === path);
    const noted = { method, path, headers, body, taskType, earlier: seen.filter(alike).length };
    seen.push(noted);
    return noted;
  }

  async function pass({ method, path, headers, body }: Seen, change: Deed["change"], response: ServerResponse) {
    const { authorization, "content-type": type } = headers;
    const answer = await fetch(`${behind}${path}`, {
      method,
      headers: { ...(authorization && { authorization }), ...(type && { "content-type": type }) },
      ...(method === "POST" && { body }),
      redirect: "manual",
    });
    const mediaType = answer.headers.get("content-type") ?? "";
    const bytes = Buffer.from(await answer.arrayBuffer());
    const text = () => bytes.toString().replaceAll(behind, origin);
    response.writeHead(answer.status, { "content-type": mediaType });
    return () => response.end(mediaType.includes("json") ? (change?.(text()) ?? text()) : bytes);
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const noted = await note(request);
    const { cut, answer, hold, change } = rule(noted) ?? {};
    await hold;
    if (cut === "before") {
      request.socket.destroy();
      return;
    }
    if (answer !== undefined) {
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }
    const end = await pass(noted, change, response);
    if (cut === "after") {
      request.socket.destroy();
    } else {
      end();
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
    seen,
    decide(next) {
      rule = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
