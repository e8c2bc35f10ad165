import { LimnError, stopped } from "./errors.ts";
import type { OutputFormat } from "./model.ts";
import { isPictureHost } from "./pictureHost.ts";
import type { Endpoint, Ports } from "./ports.ts";

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

/** Whatever goes wrong between here and there, in a sentence. */
const toLimnError = (error: unknown): LimnError =>
  error instanceof LimnError
    ? error
    : new LimnError("unexpected", "The connection to the picture's server failed.", { cause: error });

/** The body as it comes; throws a `LimnError` where it is too large or does not come to its end. */
async function* readBody(response: Response): AsyncGenerator<Uint8Array> {
  const tooLarge = new LimnError("unexpected", `The picture is larger than ${byteLimit / 1e6} MB.`);
  if (Number(response.headers.get("Content-Length") ?? 0) > byteLimit) {
    throw tooLarge;
  }
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > byteLimit) {
        throw tooLarge;
      }
      yield chunk;
    }
  } catch (error) {
    throw toLimnError(error);
  }
}

/** What is done with the bytes of a download, as they come. */
export type Take<Result> = (chunks: AsyncIterable<Uint8Array>) => Promise<Result>;

async function downloadOnce<Result>(
  ports: Ports,
  url: string,
  signal: AbortSignal,
  take: Take<Result>,
): Promise<Result> {
  const response = await ports.fetch(url, {
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  });
  try {
    if (response.status !== 200) {
      throw new LimnError("unexpected", `The picture's server answered with HTTP ${response.status}.`);
    }
    return await take(readBody(response));
  } finally {
    // A body that was not read to its end would hold its connection.
    await response.body?.cancel().catch(() => undefined);
  }
}

/**
 * Downloads a picture, without the key, with a few attempts: it is paid for. Each attempt hands its bytes to `take`, and gives what
 * that gives. Throws a `LimnError` with the last attempt's reason, of kind `stopped` when the signal aborts, of kind `files` at once
 * where `take` throws one: no other attempt would mend the disk.
 */
export async function download<Result>(
  ports: Ports,
  endpoint: Endpoint,
  url: string,
  signal: AbortSignal,
  take: Take<Result>,
): Promise<Result> {
  if (!isPictureHost(url, endpoint)) {
    const host = URL.canParse(url) ? new URL(url).host : "an unreadable address";
    throw new LimnError(
      "unexpected",
      `The picture lies at ${host}, which is not one of Runware's hosts, so it was not fetched.`,
    );
  }
  for (let attempt = 0; ; attempt++) {
    try {
      return await downloadOnce(ports, url, signal, take);
    } catch (error) {
      const pause = pauses[attempt];
      ports.log.warn(`Picture download ${attempt + 1} failed: ${String(error)}`);
      if (signal.aborted) {
        throw stopped();
      }
      if (error instanceof LimnError && error.kind === "files") {
        throw error;
      }
      if (pause === undefined) {
        throw toLimnError(error);
      }
      await ports.sleep(pause, signal).catch(() => {
        throw stopped();
      });
    }
  }
}
