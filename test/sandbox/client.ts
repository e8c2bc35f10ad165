import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import sharp from "sharp";
import { onTestFinished } from "vitest";
import { type SandboxServerOptions, startSandboxServer } from "../../src/sandbox/server.ts";
import { sandboxDeps } from "../support/sandboxDeps.ts";

type Json = Readonly<Record<string, unknown>>;

/** An answer, typed loosely. */
export interface SandboxAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly data: readonly Json[];
  readonly errors: readonly Json[];
}

/** Starts a sandbox without delay, closed after the test, with a function to post to it. */
export async function startClient(options: Partial<SandboxServerOptions> = {}) {
  const sandbox = await startSandboxServer({ ...sandboxDeps, delay: 0, ...options });
  onTestFinished(() => sandbox.close());
  const headers = { Authorization: `Bearer ${sandbox.key}`, "Content-Type": "application/json" };
  async function raw(body: string, init: RequestInit = {}): Promise<SandboxAnswer> {
    const response = await fetch(sandbox.url, { method: "POST", headers, body, ...init });
    const answer: { data?: Json[]; errors?: Json[] } = await response.json();
    const type = response.headers.get("content-type");
    return { status: response.status, type, data: answer.data ?? [], errors: answer.errors ?? [] };
  }
  return {
    sandbox,
    raw,
    post: (...tasks: readonly Json[]): Promise<SandboxAnswer> => raw(JSON.stringify(tasks)),
    poll: (...uuids: readonly string[]): Promise<SandboxAnswer> =>
      raw(JSON.stringify(uuids.map((taskUUID) => ({ taskType: "getResponse", taskUUID })))),
    origin: new URL(sandbox.url).origin,
  };
}

/** A valid task with a new UUID. */
export const taskOf = (more: Json = {}) => ({
  taskType: "imageInference",
  taskUUID: randomUUID(),
  model: "klingai:kling-image@3",
  positivePrompt: "A lighthouse at dusk",
  width: 1024,
  height: 1024,
  ...more,
});

/** A task without a size. */
export function taskWithoutSize(more: Json = {}) {
  const { width, height, ...rest } = taskOf();
  return { ...rest, ...more };
}

/** A picture of one colour as a data URI. */
export async function pictureDataUri(width: number, height: number, background = "#4060a0"): Promise<string> {
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return `data:image/jpeg;base64,${bytes.toString("base64")}`;
}

/** A request that a test server received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly type: string | undefined;
  readonly body: Buffer;
}

async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part);
  const { method = "", url = "" } = request;
  return { method, path: url, type: request.headers["content-type"], body: Buffer.concat(parts) };
}

/** A loopback server that records requests; `next(n)` resolves when `n` have arrived. */
export async function startReceiver() {
  const received: ReceivedRequest[] = [];
  const waiting: { readonly count: number; readonly resolve: (all: readonly ReceivedRequest[]) => void }[] = [];
  const server = createServer(async (request, response) => {
    received.push(await readRequest(request));
    response.end("thanks");
    for (const { count, resolve } of waiting) if (received.length >= count) resolve(received);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    waitForRequests: (count: number): Promise<readonly ReceivedRequest[]> =>
      new Promise((resolve) => (received.length >= count ? resolve(received) : waiting.push({ count, resolve }))),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The text of a field. */
export const asString = (value: unknown): string => {
  if (typeof value !== "string") throw new Error(`Not a text: ${JSON.stringify(value)}`);
  return value;
};
