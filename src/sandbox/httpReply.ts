import { setImmediate } from "node:timers/promises";
import type { SandboxContext } from "./tasks/context.ts";
import { type ApiError, httpStatusOf } from "./tasks/refusal.ts";
import { findServedPicture } from "./tasks/servedPicture.ts";

/** An HTTP reply. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A JSON reply. */
export const jsonReply = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpReply => ({
  status,
  headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
  body: Buffer.from(JSON.stringify(value)),
});

/** The reply that refuses a whole request, with the status of its first error. */
export const errorReply = (...errors: readonly ApiError[]): HttpReply =>
  jsonReply(httpStatusOf(errors[0]?.code ?? ""), { errors });

const notFoundReply = errorReply({ code: "notFound", message: "There is nothing at this address." });

/** Whether a path is that of a picture. */
export const isPicturePath = (path: string): boolean => path.startsWith("/image/");

/**
 * The picture at a path: an upload, or a finished result whose `ttl` is not over.
 */
export async function servePicture(path: string, context: SandboxContext): Promise<HttpReply> {
  const picture = await findServedPicture(path, context);
  return picture === undefined
    ? notFoundReply
    : { status: 200, headers: { "Content-Type": picture.type }, body: picture.bytes };
}

/** Bytes that are read at a time, about as many as from a socket. */
const chunkLength = 65_536;

/**
 * A stream of the bytes in small chunks. A turn of the event loop passes before each, because all
 * extensions share the thread. It fails as soon as the request is aborted.
 */
function streamOf(bytes: Uint8Array, request: Request): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await setImmediate();
        request.signal.throwIfAborted();
        controller.enqueue(bytes.subarray(position, position + chunkLength));
        position += chunkLength;
        if (position >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The response to a request. Its headers name its length. */
export function toResponse({ status, headers, body }: HttpReply, request: Request): Response {
  const isBodyWanted = request.method !== "HEAD" && body.length > 0;
  return new Response(isBodyWanted ? streamOf(body, request) : null, {
    status,
    headers: { ...headers, "Content-Length": String(body.length) },
  });
}
