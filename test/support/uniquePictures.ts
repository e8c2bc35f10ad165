import { createHash } from "node:crypto";
import type { Imaging } from "../../src/imaging/imaging.ts";

/** Returns the SHA-256 of a picture's bytes as hexadecimal digits. */
export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Draws one picture per size, format and transparency, and returns copies of it, for tests that buy
 * hundreds. To each copy it appends `padding` bytes and a digest of the request, which image
 * decoders ignore.
 */
export function createUniqueDrawing(imaging: Pick<Imaging, "draw">, padding = 0): Imaging["draw"] {
  const templates = new Map<string, ReturnType<Imaging["draw"]>>();
  return async (request) => {
    const { width, height, format, isTransparent } = request;
    const kind = JSON.stringify({ width, height, format, isTransparent });
    const template = templates.get(kind) ?? imaging.draw(request);
    templates.set(kind, template);
    const { bytes, ...facts } = await template;
    const digest = Buffer.from(digestOf(Buffer.from(JSON.stringify(request))));
    return { ...facts, bytes: Buffer.concat([bytes, Buffer.alloc(padding), digest]) };
  };
}
