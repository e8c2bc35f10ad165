import { probe } from "../../imaging/probe.ts";
import type { SandboxContext } from "./context.ts";
import { encodedPicture, mediaTypes } from "./pictures.ts";

/** A picture as it is served. */
interface ServedPicture {
  readonly bytes: Uint8Array;
  /** Its media type. */
  readonly type: string;
}

const picturePathPattern = /^\/image\/(?:[\w-]+\/)+([0-9a-f-]{36})\.(?:jpg|png|webp)$/;

function findUpload(uuid: string, { store }: SandboxContext): ServedPicture | undefined {
  const bytes = store.readUpload(uuid);
  const format = bytes && probe(bytes)?.format;
  return bytes === undefined || format === undefined ? undefined : { bytes, type: mediaTypes[format].type };
}

/**
 * The picture at a path of the sandbox: an upload, or a finished result whose `ttl` is not over;
 * `undefined` if there is none.
 */
export async function findServedPicture(path: string, context: SandboxContext): Promise<ServedPicture | undefined> {
  const uuid = picturePathPattern.exec(path)?.[1] ?? "";
  const found = context.store.findPicture(uuid);
  if (found === undefined) return findUpload(uuid, context);
  const { task, result } = found;
  const { ttl, outputFormat } = task.request;
  const now = context.now();
  const isExpired = ttl !== undefined && now >= result.dueAt + ttl * 1000;
  if (result.failure !== undefined || now < result.dueAt || isExpired) return undefined;
  return { bytes: await encodedPicture(task, result, context), type: mediaTypes[outputFormat].type };
}
