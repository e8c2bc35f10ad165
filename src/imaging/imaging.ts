import type { Crop } from "../core/targets/crop.ts";
import type {
  AttentionOptions,
  Draw,
  Encoded,
  Exported,
  ExportOptions,
  Operation,
  PictureSource,
  Preview,
  PreviewOptions,
  Shrink,
} from "./operation.ts";
import { createProcessClient, type ImagingOptions } from "./processClient.ts";
import { createProcessPool } from "./processPool.ts";

export type { Encoded, Exported };

/**
 * Decodes, resizes, draws and encodes pictures in another process. Each call rejects with an
 * ImagingError, whose message is for the user.
 */
export interface Imaging {
  /** See `shrink.ts`: prepares a picture for sending. */
  shrink(options: Omit<Shrink, "kind">): Promise<Encoded>;
  /** See `preview.ts`: a WebP thumbnail. */
  preview(options: PreviewOptions): Promise<Encoded>;
  /** See `draw.ts`: draws layers onto a canvas. */
  draw(options: Omit<Draw, "kind">): Promise<Encoded>;
  /** See `exportPicture.ts`: makes a file of a target. */
  exportPicture(options: ExportOptions): Promise<Exported>;
  /** See `exportPicture.ts`: the part of a picture that draws the eye. */
  findAttention(options: AttentionOptions): Promise<Crop>;
  /** See `opacity.ts`: whether every pixel of a picture is opaque, whatever its header says. */
  isOpaque(source: PictureSource): Promise<boolean>;
  /** Starts the process before a request that will come soon. */
  prepare(): void;
  /** Ends the process. Running calls, and all later ones, reject. */
  dispose(): Promise<void>;
}

/** The image process is of another version than its client. */
const unexpectedResult = ({ kind }: Operation): Error => new Error(`The image process sent no result of “${kind}”.`);

/**
 * Creates the client of the processes, which start when they are needed: one for all that is quick,
 * and those for exports and drawings. While there is no request, nothing keeps the parent alive.
 */
export function createImaging(options: ImagingOptions): Imaging {
  const small = createProcessClient({ ...options, optimizesCode: false });
  // Exports and drawings take long enough to be worth the memory of optimized code.
  const fast = createProcessPool(options);

  async function encode(operation: Shrink | Preview | Draw, process: typeof fast = small): Promise<Encoded> {
    const result = await process.run(operation);
    if ("encoded" in result) return result.encoded;
    throw unexpectedResult(operation);
  }

  return {
    shrink: (shrink) => encode({ ...shrink, kind: "shrink" }),
    preview: (preview) => encode({ ...preview, kind: "preview" }),
    draw: (draw) => encode({ ...draw, kind: "draw" }, fast),
    async exportPicture(options) {
      const operation = { ...options, kind: "export" } as const;
      const result = await fast.run(operation);
      if ("exported" in result) return result.exported;
      throw unexpectedResult(operation);
    },
    async findAttention(options) {
      const operation = { ...options, kind: "attention" } as const;
      const result = await small.run(operation);
      if ("crop" in result) return result.crop;
      throw unexpectedResult(operation);
    },
    async isOpaque(source) {
      const operation = { ...source, kind: "opacity" } as const;
      const result = await small.run(operation);
      if ("isOpaque" in result) return result.isOpaque;
      throw unexpectedResult(operation);
    },
    prepare: small.prepare,
    async dispose() {
      await Promise.all([small.dispose(), fast.dispose()]);
    },
  };
}
