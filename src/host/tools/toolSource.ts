import { l10n, type Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { OutputFormat } from "../../core/models/model.ts";
import { formatSize, type Pixels } from "../../core/models/size.ts";
import type { Tool } from "../../core/tools/tool.ts";
import {
  imageFormat,
  type LoadedReference,
  prepareImage,
  readImageToSend,
  unusableError,
} from "../request/references.ts";
import type { Services } from "../services.ts";

/** A picture that a tool changes, as it is sent. */
export interface ToolSource {
  readonly reference: LoadedReference;
  /** Upright. */
  readonly pixels: Pixels;
  readonly format: OutputFormat;
  /** Whether it has transparent parts. */
  readonly hasAlpha: boolean;
  /** Whether it is an animation. Its first frame is sent. */
  readonly isAnimated: boolean;
}

/** Not about a field of the form, where the picture is not shown. */
const sourceError = (message: string, cause?: unknown): LimnError => new LimnError("files", message, { cause });

/**
 * Reads a picture and prepares it for sending: upright, without metadata, with all its pixels and
 * its transparency. Throws a `LimnError` of kind `files` that names it if that is not possible.
 */
export async function loadToolSource(
  { imaging, ports }: Pick<Services, "imaging" | "ports">,
  tool: Tool,
  file: { readonly uri: Uri; readonly label: string },
): Promise<ToolSource> {
  try {
    return await prepare(imaging, ports, tool, file);
  } catch (error) {
    throw error instanceof LimnError ? sourceError(error.message, error) : error;
  }
}

async function prepare(
  imaging: Services["imaging"],
  { probe }: Services["ports"],
  { name, source: { maxSide, maxBytes } }: Tool,
  file: { readonly uri: Uri; readonly label: string },
): Promise<ToolSource> {
  const noPicture = () =>
    sourceError(l10n.t("{0} is not a PNG, JPEG or WebP picture. Choose another file.", file.label));
  if (imageFormat(file.uri) === undefined) {
    throw noPicture();
  }
  const bytes = await readImageToSend(file.uri, file.label);
  const header = probe(bytes);
  if (header === undefined) {
    throw noPicture();
  }
  const { format, width, height, isAnimated = false } = header;
  const pixels = { width, height };
  if (Math.max(width, height) > maxSide) {
    throw sourceError(
      l10n.t(
        "{0} has {1} pixels, and {2} takes at most {3} on a side. Choose a smaller picture.",
        ...[file.label, formatSize(pixels), name(), maxSide],
      ),
    );
  }
  const isTransparent = async () =>
    !(await imaging.isOpaque({ bytes }).catch((error: unknown) => {
      throw unusableError(file.label, error);
    }));
  const hasAlpha = header.hasAlpha === true && (await isTransparent());
  const reference = await prepareImage(file, bytes, imaging, { maxSide, maxBytes });
  const isWhole = reference.file !== undefined && formatSize(reference.file.pixels) === formatSize(pixels);
  const isOpaque = reference.image.startsWith("data:image/jpeg");
  if (!isWhole || (hasAlpha && isOpaque)) {
    throw sourceError(
      l10n.t(
        "{0} has more than {1} MB and cannot be sent without a loss. Choose a smaller picture.",
        ...[file.label, maxBytes / 1e6],
      ),
    );
  }
  return { reference, pixels, format, hasAlpha, isAnimated };
}
