import { probe } from "../imaging/probe.ts";
import type { SandboxContext } from "./tasks/context.ts";
import { encodedPicture, mediaTypes } from "./tasks/pictures.ts";
import { type ApiError, httpStatusOf } from "./tasks/refusal.ts";

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
const picturePathPattern = /^\/image\/(?:[\w-]+\/)+([0-9a-f-]{36})\.(?:jpg|png|webp)$/;

/** Whether a path is that of a picture. */
export const isPicturePath = (path: string): boolean => path.startsWith("/image/");

/**
 * The picture at a path: an upload, or a finished result whose `ttl` is not over.
 */
export async function servePicture(path: string, context: SandboxContext): Promise<HttpReply> {
  const uuid = picturePathPattern.exec(path)?.[1] ?? "";
  const found = context.store.findPicture(uuid);
  if (found === undefined) return serveUpload(uuid, context);
  const { task, result } = found;
  const { ttl, outputFormat } = task.request;
  const now = context.now();
  const isExpired = ttl !== undefined && now >= result.dueAt + ttl * 1000;
  if (result.failure !== undefined || now < result.dueAt || isExpired) return notFoundReply;
  const body = await encodedPicture(task, result, context);
  return { status: 200, headers: { "Content-Type": mediaTypes[outputFormat].type }, body };
}

function serveUpload(uuid: string, { store }: SandboxContext): HttpReply {
  const body = store.readUpload(uuid);
  const format = body && probe(body)?.format;
  if (body === undefined || format === undefined) return notFoundReply;
  return { status: 200, headers: { "Content-Type": mediaTypes[format].type }, body };
}
