import { l10n, type Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { formatSize, type Pixels } from "../../core/models/size.ts";
import type { Tool } from "../../core/tools/tool.ts";
import { type LoadedReference, prepareImage, readImageToSend } from "../request/references.ts";
import type { Services } from "../services.ts";

/** A picture that a tool changes, as it is sent. */
export interface ToolSource {
  readonly reference: LoadedReference;
  /** Upright. */
  readonly pixels: Pixels;
  readonly format: OutputFormat;
}

const sourceError = (message: string): LimnError => new LimnError("reference", message, { field: "references" });

/**
 * Reads a picture and prepares it for sending: upright, without metadata, with all its pixels.
 * Throws a `LimnError` that names it if it cannot be read, or is too large for the tool.
 */
export async function loadToolSource(
  { imaging, ports }: Pick<Services, "imaging" | "ports">,
  tool: Tool,
  file: { readonly uri: Uri; readonly label: string },
): Promise<ToolSource> {
  const { maxSide, maxBytes } = tool.source;
  const bytes = await readImageToSend(file.uri, file.label);
  const header = ports.probe(bytes);
  if (header === undefined) {
    throw sourceError(l10n.t("{0} is not a PNG, JPEG or WebP picture. Choose another file.", file.label));
  }
  const { format, ...pixels } = { format: header.format, width: header.width, height: header.height };
  const text = formatSize(pixels);
  if (Math.max(pixels.width, pixels.height) > maxSide) {
    throw sourceError(
      l10n.t(
        "{0} has {1} pixels, and {2} takes at most {3} on a side. Export a smaller copy first.",
        ...[file.label, text, tool.name(), maxSide],
      ),
    );
  }
  const reference = await prepareImage(file, bytes, imaging, { maxSide, maxBytes });
  if (reference.file === undefined || formatSize(reference.file.pixels) !== text) {
    throw sourceError(
      l10n.t("{0} has more than {1} MB and cannot be sent with all its pixels.", file.label, maxBytes / 1e6),
    );
  }
  return { reference, pixels, format };
}
