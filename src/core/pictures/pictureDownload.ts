import * as l10n from "@vscode/l10n";
import { LimnError, stoppedError } from "../errors.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { fetchFrom } from "../service/fetchFrom.ts";
import { createIdleTimeout } from "../service/idleTimeout.ts";
import { isPictureHost } from "../service/pictureHost.ts";
import { maxRetryAfter, readRetryAfter } from "../service/retryAfter.ts";
import { serviceName } from "../service/serviceName.ts";
import { sleepUnlessStopped } from "../sleep.ts";
import { maxImageFileBytes } from "./imageFileLimit.ts";

/**
 * Maximum size of a downloaded picture, in bytes: what is bought can be opened, too. The largest
 * size of the family, 6272 × 2688, is 67 MB uncompressed with alpha. A test compares it with every
 * size of the family, and `resultProblem` with the results of tools.
 */
export const maxPictureBytes = maxImageFileBytes;

/**
 * Milliseconds without data, before the first byte or between two, before a download is given up. A
 * slow line may take as long as it needs.
 */
const idleTimeoutMs = 30_000;

/** Milliseconds to wait before the second, third and fourth attempt. */
const retryDelays = [500, 1500, 4000];

/** Turns any error of the network into one with a message. */
const toDownloadError = (error: unknown): LimnError =>
  error instanceof LimnError
    ? error
    : new LimnError("unexpected", l10n.t("The connection to the picture's server failed."), { cause: error });

/** The picture has more bytes than any model makes. Another attempt would only load them again. */
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

/** The picture's server answered without the picture. */
class HttpStatusError extends LimnError {
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(status: number, retryAfter: number | undefined) {
    super("unexpected", l10n.t("The picture's server answered with HTTP {0}.", status));
    this.retryAfter = retryAfter;
  }
}

/**
 * The chunks of the body.
 * @throws LimnError if it is too large or ends early.
 */
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

/** Processes the chunks of a download. */
export type ConsumeChunks<Result> = (chunks: AsyncIterable<Uint8Array>) => Promise<Result>;

async function downloadOnce<Result>(
  ports: Ports,
  endpoint: Endpoint,
  url: string,
  signal: AbortSignal,
  consume: ConsumeChunks<Result>,
): Promise<Result> {
  const idleTimeout = createIdleTimeout(ports, { defaultTimeout: idleTimeoutMs }, signal);
  let response: Response | undefined;
  try {
    response = await fetchFrom(ports, endpoint, url, { redirect: "manual", signal: idleTimeout.signal });
    idleTimeout.restart();
    if (response.status !== 200) {
      throw new HttpStatusError(response.status, readRetryAfter(response.headers.get("Retry-After"), ports.now()));
    }
    return await consume(readPicture(response, idleTimeout.restart));
  } finally {
    idleTimeout.cancel();
    // A body that is not read to its end would keep its connection open.
    await response?.body?.cancel().catch(() => undefined);
  }
}

/**
 * Downloads a picture, without the key, in a few attempts because it is paid for. Each attempt
 * passes its chunks to `consume`, whose result it returns.
 * @throws LimnError with the last attempt's reason; of kind `stopped` when the signal aborts; of
 * kind `files` at once if `consume` throws one, because another attempt would not repair the disk.
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
    const service = serviceName({ endpoint: endpoint.name });
    // The link of a file or of data has no host to name.
    throw new LimnError(
      "unexpected",
      /^https?:$/.test(protocol)
        ? l10n.t(
            "The picture was not downloaded: its link leads to {0}, and not to {1} over https.",
            ...[origin, service],
          )
        : l10n.t("The picture was not downloaded: its link is not a web address of {0}.", service),
    );
  }
  for (let attempt = 0; ; attempt++) {
    try {
      return await downloadOnce(ports, endpoint, url, signal, consume);
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
