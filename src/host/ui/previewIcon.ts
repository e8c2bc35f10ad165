import { Uri } from "vscode";
import type { LogPort } from "../../core/ports.ts";
import type { Imaging } from "../../imaging/imaging.ts";

/** Side of a preview in pixels. Lists show icons at 16, on dense screens at 32. */
const previewSide = 64;

/** A small preview of a picture as an icon for a list; `undefined` if it cannot be decoded. */
export async function previewIcon(
  imaging: Pick<Imaging, "preview">,
  bytes: Uint8Array,
  name: string,
  log: Pick<LogPort, "warn">,
): Promise<Uri | undefined> {
  try {
    const preview = await imaging.preview({ bytes, side: previewSide });
    return Uri.parse(`data:image/webp;base64,${Buffer.from(preview.bytes).toString("base64")}`);
  } catch (error) {
    log.warn(`${name} could not be previewed: ${String(error)}`);
    return undefined;
  }
}
