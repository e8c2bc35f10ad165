import { deflateSync, gzipSync } from "node:zlib";
import { pngChunk, pngHead } from "../png.ts";
import type { Fault, Faults } from "./fault.ts";

const html = "<!doctype html><title>Not found</title>";

/** The picture's server says this instead of the picture. */
const serves = (body: string | Uint8Array | Iterable<Uint8Array>, headers: Record<string, string> = {}): Fault => ({
  at: ["download"],
  deed: () => ({ answer: { status: 200, body, headers: { "content-type": "image/png", ...headers } } }),
});

const gone = (status: number): Fault => ({ at: ["download"], deed: () => ({ answer: { status, body: "" } }) });

/** A whole PNG of few bytes that claims to be this wide and high, in pixels. */
export function claimingPng(width: number, height: number): Buffer {
  return Buffer.concat([
    pngHead(width, height),
    pngChunk("IDAT", deflateSync(Buffer.alloc(100_000))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

const megabytes = 1_000_000;

/** A picture that begins like any other, and goes on for 500 MB, made as they are read. Tells of each megabyte. */
export function* flood(onPart: () => void = () => undefined): Generator<Uint8Array> {
  yield pngHead(1024, 1024);
  const part = new Uint8Array(megabytes);
  for (let sent = 0; sent < 500; sent++) {
    onPart();
    yield part;
  }
}

/** Faults of pictures and their links. */
export const pictureFaults: Faults = {
  "a link that answers 404": gone(404),
  "a link that answers 403": gone(403),
  "a link that answers 410": gone(410),
  "HTML instead of a picture": serves(html, { "content-type": "text/html" }),
  "HTML that is called image/png": serves(html),
  "a picture of nothing": serves(""),
  "a picture that is called text/html": {
    at: ["download"],
    deed: () => ({ headers: { "content-type": "text/html" } }),
    harmless: true,
  },
  "a picture that is cut off": {
    at: ["download"],
    deed: () => ({ repaint: (picture) => picture.subarray(0, Math.floor(picture.length * 0.6)) }),
  },
  "a picture of 500 MB that says so": {
    at: ["download"],
    // Made anew for each request: what was sent once is gone.
    deed: () => ({ answer: { status: 200, body: flood(), headers: { "content-length": String(500 * megabytes) } } }),
    final: true,
  },
  "a picture of 500 MB that does not say so": {
    at: ["download"],
    deed: () => ({ answer: { status: 200, body: flood() } }),
    final: true,
  },
  "a picture of 80 MB packed into few": {
    ...serves(gzipSync(Buffer.concat([pngHead(1024, 1024), Buffer.alloc(80 * megabytes)]), { level: 1 }), {
      "content-encoding": "gzip",
    }),
    final: true,
  },
  "a picture that claims 60,000 × 60,000 pixels": serves(claimingPng(60_000, 60_000)),
};
