import * as l10n from "@vscode/l10n";
import { LimnError, stoppedError } from "../errors.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { createIdleTimeout } from "../service/idleTimeout.ts";
import { isPictureHost } from "../service/pictureHost.ts";
import { maxRetryAfter, readRetryAfter } from "../service/retryAfter.ts";
import { sleepUnlessStopped } from "../sleep.ts";

/**
 * Largest picture that is downloaded, in bytes: the largest size uncompressed is 12 MB, so this is
 * generous.
 */
const maxPictureBytes = 64_000_000;

/**
 * Milliseconds of silence that a download bears: before its first byte, or between two. A slow line
 * may take as long as it needs.
 */
const idleTimeoutMs = 30_000;

/** Milliseconds to wait before the second, third and fourth attempt. */
const retryDelays = [500, 1500, 4000];

/** Whatever goes wrong between here and there, in a sentence. */
const toDownloadError = (error: unknown): LimnError =>
  error instanceof LimnError
    ? error
    : new LimnError("unexpected", l10n.t("The connection to the picture's server failed."), { cause: error });

/** The picture has more bytes than any model makes: another attempt would only load them again. */
class PictureTooLargeError extends LimnError {
  constructor() {
    super(
      "unexpected",
      l10n.t(
        "The picture is larger than {0} MB, far more than any model makes, so it was not downloaded.",
        maxPictureBytes / 1e6,
      ),
    );
  }
}

/** The picture's server answered, without the picture. */
class HttpStatusError extends LimnError {
  /** Milliseconds it asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(status: number, retryAfter: number | undefined) {
    super("unexpected", l10n.t("The picture's server answered with HTTP {0}.", status));
    this.retryAfter = retryAfter;
  }
}

/** The body as it comes; throws a `LimnError` where it is too large or does not come to its end. */
async function* readPicture(response: Response, onChunk: () => void): AsyncGenerator<Uint8Array> {
  if (Number(response.headers.get("Content-Length") ?? 0) > maxPictureBytes) {
    throw new PictureTooLargeError();
  }
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      onChunk();
      length += chunk.length;
      if (length > maxPictureBytes) {
        throw new PictureTooLargeError();
      }
      yield chunk;
    }
  } catch (error) {
    throw toDownloadError(error);
  }
}

/** What is done with the bytes of a download, as they come. */
export type ConsumeChunks<Result> = (chunks: AsyncIterable<Uint8Array>) => Promise<Result>;

async function downloadOnce<Result>(
  ports: Ports,
  url: string,
  signal: AbortSignal,
  consume: ConsumeChunks<Result>,
): Promise<Result> {
  const idleTimeout = createIdleTimeout(ports, { defaultTimeout: idleTimeoutMs }, signal);
  let response: Response | undefined;
  try {
    response = await ports.fetch(url, { redirect: "manual", signal: idleTimeout.signal });
    idleTimeout.restart();
    if (response.status !== 200) {
      throw new HttpStatusError(response.status, readRetryAfter(response.headers.get("Retry-After"), ports.now()));
    }
    return await consume(readPicture(response, idleTimeout.restart));
  } finally {
    idleTimeout.cancel();
    // A body that was not read to its end would hold its connection.
    await response?.body?.cancel().catch(() => undefined);
  }
}

/**
 * Downloads a picture, without the key, with a few attempts: it is paid for. Each attempt hands its
 * bytes to `take`, and gives what that gives. Throws a `LimnError` with the last attempt's reason,
 * of kind `stopped` when the signal aborts, of kind `files` at once where `take` throws one: no
 * other attempt would mend the disk.
 */
export async function download<Result>(
  ports: Ports,
  endpoint: Endpoint,
  url: string,
  signal: AbortSignal,
  consume: ConsumeChunks<Result>,
): Promise<Result> {
  if (!isPictureHost(url, endpoint)) {
    const { protocol = "", origin = "" } = URL.canParse(url) ? new URL(url) : {};
    // The link of a file or of data has no host to name.
    throw new LimnError(
      "unexpected",
      /^https?:$/.test(protocol)
        ? l10n.t("The picture was not downloaded: its link leads to {0}, and not to Runware over https.", origin)
        : l10n.t("The picture was not downloaded: its link is not a web address of Runware."),
    );
  }
  for (let attempt = 0; ; attempt++) {
    try {
      return await downloadOnce(ports, url, signal, consume);
    } catch (error) {
      if (signal.aborted) {
        throw stoppedError();
      }
      const delay = retryDelays[attempt];
      ports.log.warn(`Picture download ${attempt + 1} failed: ${String(error)}`);
      if (error instanceof LimnError && error.kind === "files") {
        throw error;
      }
      if (delay === undefined || error instanceof PictureTooLargeError) {
        throw toDownloadError(error);
      }
      const retryAfter = error instanceof HttpStatusError ? Math.min(error.retryAfter ?? 0, maxRetryAfter) : 0;
      await sleepUnlessStopped(ports, Math.max(delay, retryAfter), signal);
    }
  }
}
