import type { Imaging } from "../../imaging/imaging.ts";
import { type DraftDrawingInput, draftLayers } from "./draftLayers.ts";
import { loadTextRenderer } from "./textRenderer.ts";

/** Quality of a JPEG or WebP: the edges of letters stay clean, and the file small. */
const quality = 90;

/** Draws a draft image; resolves to the bytes of the file. Rejects with an `ImagingError`. */
export type DraftPainter = (input: DraftDrawingInput) => Promise<Uint8Array>;

/**
 * Loads the fonts and returns what draws draft images with them. `fonts`: see `SandboxOptions`.
 * Throws as `loadTextRenderer` does.
 */
export async function createDraftPainter(imaging: Imaging, fonts: string | URL): Promise<DraftPainter> {
  const textRenderer = await loadTextRenderer(fonts);
  return async (input) => {
    const { width, height, format } = input;
    return (await imaging.draw({ width, height, format, quality, layers: draftLayers(input, textRenderer) })).bytes;
  };
}
