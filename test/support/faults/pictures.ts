import { deflateSync, gzipSync } from "node:zlib";
import { pngChunk, pngHead } from "../pngChunks.ts";
import type { Fault, Faults } from "./fault.ts";

const html = "<!doctype html><title>Not found</title>";

/** The image host answers with this body instead of the picture. */
const answerWithBody = (
  body: string | Uint8Array | Iterable<Uint8Array>,
  headers: Record<string, string> = {},
): Fault => ({
  kinds: ["download"],
  action: () => ({ answer: { status: 200, body, headers: { "content-type": "image/png", ...headers } } }),
});

const answerWithStatus = (status: number): Fault => ({
  kinds: ["download"],
  action: () => ({ answer: { status, body: "" } }),
});

/** Returns a small, complete PNG whose header claims these dimensions in pixels. */
export function pngClaimingSize(width: number, height: number): Buffer {
  return Buffer.concat([
    pngHead(width, height),
    pngChunk("IDAT", deflateSync(Buffer.alloc(100_000))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

const megabytes = 1_000_000;

/**
 * Yields a picture of 500 MB, one megabyte at a time. Starts with a valid PNG header and calls
 * `onMegabyte` before each part.
 */
export function* hugePicture(onMegabyte: () => void = () => undefined): Generator<Uint8Array> {
  yield pngHead(1024, 1024);
  const part = new Uint8Array(megabytes);
  for (let sent = 0; sent < 500; sent++) {
    onMegabyte();
    yield part;
  }
}

/** Faults of pictures and their links. */
export const pictureFaults: Faults = {
  "a link that answers 404": answerWithStatus(404),
  "a link that answers 403": answerWithStatus(403),
  "a link that answers 410": answerWithStatus(410),
  "HTML instead of a picture": answerWithBody(html, { "content-type": "text/html" }),
  "HTML with the type image/png": answerWithBody(html),
  "an empty picture": answerWithBody(""),
  "a picture with the type text/html": {
    kinds: ["download"],
    action: () => ({ headers: { "content-type": "text/html" } }),
    isHarmless: true,
  },
  "a picture that is cut off": {
    kinds: ["download"],
    action: () => ({ changePicture: (picture) => picture.subarray(0, Math.floor(picture.length * 0.6)) }),
  },
  "a picture of 500 MB with a content length": {
    kinds: ["download"],
    // A generator can be read only once, so each request gets its own.
    action: () => ({
      answer: { status: 200, body: hugePicture(), headers: { "content-length": String(500 * megabytes) } },
    }),
    isFinal: true,
  },
  "a picture of 500 MB without a content length": {
    kinds: ["download"],
    action: () => ({ answer: { status: 200, body: hugePicture() } }),
    isFinal: true,
  },
  "a picture of 120 MB, compressed": {
    ...answerWithBody(gzipSync(Buffer.concat([pngHead(1024, 1024), Buffer.alloc(120 * megabytes)]), { level: 1 }), {
      "content-encoding": "gzip",
    }),
    isFinal: true,
  },
  "a picture that claims 60,000 × 60,000 pixels": answerWithBody(pngClaimingSize(60_000, 60_000)),
};
