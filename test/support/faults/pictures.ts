import { deflateSync, gzipSync } from "node:zlib";
import { pngChunk, pngHead } from "../pngChunks.ts";
import type { Fault, Faults } from "./fault.ts";

const html = "<!doctype html><title>Not found</title>";

/** The picture's server says this instead of the picture. */
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

/** A whole PNG of few bytes that claims to be this wide and high, in pixels. */
export function pngClaimingSize(width: number, height: number): Buffer {
  return Buffer.concat([
    pngHead(width, height),
    pngChunk("IDAT", deflateSync(Buffer.alloc(100_000))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

const megabytes = 1_000_000;

/**
 * A picture that begins like any other, and goes on for 500 MB, made as they are read. Tells of
 * each megabyte.
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
  "HTML that is called image/png": answerWithBody(html),
  "a picture of nothing": answerWithBody(""),
  "a picture that is called text/html": {
    kinds: ["download"],
    action: () => ({ headers: { "content-type": "text/html" } }),
    isHarmless: true,
  },
  "a picture that is cut off": {
    kinds: ["download"],
    action: () => ({ changePicture: (picture) => picture.subarray(0, Math.floor(picture.length * 0.6)) }),
  },
  "a picture of 500 MB that says so": {
    kinds: ["download"],
    // Made anew for each request: what was sent once is gone.
    action: () => ({
      answer: { status: 200, body: hugePicture(), headers: { "content-length": String(500 * megabytes) } },
    }),
    isFinal: true,
  },
  "a picture of 500 MB that does not say so": {
    kinds: ["download"],
    action: () => ({ answer: { status: 200, body: hugePicture() } }),
    isFinal: true,
  },
  "a picture of 80 MB packed into few": {
    ...answerWithBody(gzipSync(Buffer.concat([pngHead(1024, 1024), Buffer.alloc(80 * megabytes)]), { level: 1 }), {
      "content-encoding": "gzip",
    }),
    isFinal: true,
  },
  "a picture that claims 60,000 × 60,000 pixels": answerWithBody(pngClaimingSize(60_000, 60_000)),
};
