import { LimnError, stopped } from "./errors.ts";
import type { OutputFormat } from "./model.ts";
import type { Endpoint, PictureFacts, Ports } from "./ports.ts";
import { isWhole } from "./whole.ts";

/** File extension without the dot, by format. */
export const extensionOf: Readonly<Record<OutputFormat, string>> = { JPG: "jpg", PNG: "png", WEBP: "webp" };

/** Format by file extension, as people and programs write it. */
export const formatOf: Readonly<Record<string, OutputFormat>> = { jpg: "JPG", jpeg: "JPG", png: "PNG", webp: "WEBP" };

/** Largest picture that is downloaded, in bytes: the largest size uncompressed is 12 MB, so this is generous. */
const byteLimit = 64_000_000;

/** Milliseconds for one download. */
const patience = 60_000;

/** Milliseconds to wait before the second, third and fourth attempt. */
const pauses = [500, 1500, 4000];

const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(host);

/**
 * Whether a picture may be fetched from the address: Runware's own hosts over https, or the host of the API in use; plain http
 * only on loopback, where the sandbox lives.
 */
export function isPictureHost(address: string, endpoint: Pick<Endpoint, "url">): boolean {
  if (!URL.canParse(address)) {
    return false;
  }
  const url = new URL(address);
  const api = new URL(endpoint.url);
  const secure =
    url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname) && isLoopback(api.hostname));
  const known = url.hostname === "runware.ai" || url.hostname.endsWith(".runware.ai") || url.host === api.host;
  return secure && known && url.username === "" && url.password === "";
}

/** Real facts of a picture; throws a `LimnError` where the bytes are no whole PNG, JPEG or WebP. */
export function inspect(ports: Pick<Ports, "probe">, bytes: Uint8Array): PictureFacts {
  const facts = ports.probe(bytes);
  if (facts === undefined) {
    throw new LimnError("unexpected", "What arrived is not a picture.");
  }
  if (!isWhole(bytes, facts.format)) {
    throw new LimnError("unexpected", "The picture arrived cut off.");
  }
  return facts;
}

/** Whether the bytes are a whole picture. */
export function isPicture(ports: Pick<Ports, "probe">, bytes: Uint8Array): boolean {
  const facts = ports.probe(bytes);
  return facts !== undefined && isWhole(bytes, facts.format);
}

async function readBytes(response: Response): Promise<Uint8Array> {
  const tooLarge = new LimnError("unexpected", `The picture is larger than ${byteLimit / 1e6} MB.`);
  if (Number(response.headers.get("Content-Length") ?? 0) > byteLimit) {
    throw tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > byteLimit) {
      throw tooLarge;
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

async function downloadOnce(ports: Ports, url: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await ports.fetch(url, {
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new LimnError("unexpected", `The picture's server answered with HTTP ${response.status}.`);
  }
  const bytes = await readBytes(response);
  inspect(ports, bytes);
  return bytes;
}

/**
 * Downloads a picture, without the key, with a few attempts: it is paid for. Throws a `LimnError` with the last attempt's reason,
 * of kind `stopped` when the signal aborts.
 */
export async function download(
  ports: Ports,
  endpoint: Endpoint,
  url: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (!isPictureHost(url, endpoint)) {
    const host = URL.canParse(url) ? new URL(url).host : "an unreadable address";
    throw new LimnError(
      "unexpected",
      `The picture lies at ${host}, which is not one of Runware's hosts, so it was not fetched.`,
    );
  }
  for (let attempt = 0; ; attempt++) {
    try {
      return await downloadOnce(ports, url, signal);
    } catch (error) {
      const pause = pauses[attempt];
      ports.log.warn(`Picture download ${attempt + 1} failed: ${String(error)}`);
      if (signal.aborted) {
        throw stopped();
      }
      if (pause === undefined) {
        const reason = error instanceof LimnError ? error.message : "The connection to the picture's server failed.";
        throw new LimnError("unexpected", reason, { cause: error });
      }
      await ports.sleep(pause, signal).catch(() => {
        throw stopped();
      });
    }
  }
}
