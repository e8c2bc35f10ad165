import { probe } from "../imaging/probe.ts";
import type { Context } from "./context.ts";
import { media, pictureOf } from "./pictures.ts";
import { type ApiError, statusOf } from "./refusal.ts";

/** What goes out over HTTP. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A JSON reply. */
export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
  body: Buffer.from(JSON.stringify(value)),
});

/** The reply to a request that is refused as a whole, with the status of its first error. */
export const failed = (...errors: readonly ApiError[]): Reply => json(statusOf(errors[0]?.code ?? ""), { errors });

const notFound = failed({ code: "notFound", message: "There is nothing at this address." });
const pictureForm = /^\/image\/(?:[\w-]+\/)+([0-9a-f-]{36})\.(?:jpg|png|webp)$/;

/** `true` where a path belongs to pictures. */
export const isPicturePath = (path: string): boolean => path.startsWith("/image/");

/** The picture at a path: a result once it is finished and until its `ttl` is over, or an upload. */
export async function servePicture(path: string, context: Context): Promise<Reply> {
  const uuid = pictureForm.exec(path)?.[1] ?? "";
  const found = context.store.find(uuid);
  if (found === undefined) return serveUpload(uuid, context);
  const { task, result } = found;
  const { ttl, outputFormat } = task.request;
  const now = context.now();
  const over = ttl !== undefined && now >= result.due + ttl * 1000;
  if (result.failure !== undefined || now < result.due || over) return notFound;
  const body = await pictureOf(task, result, context);
  return { status: 200, headers: { "Content-Type": media[outputFormat].type }, body };
}

function serveUpload(uuid: string, { store }: Context): Reply {
  const body = store.upload(uuid);
  const format = body && probe(body)?.format;
  if (body === undefined || format === undefined) return notFound;
  return { status: 200, headers: { "Content-Type": media[format].type }, body };
}
