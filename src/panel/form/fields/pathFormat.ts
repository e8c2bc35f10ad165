import { extensionByFormat, formatOfName } from "../../../core/pictures/pictureFormat.ts";
import type { DraftFields } from "../../../protocol.ts";

type Format = NonNullable<DraftFields["format"]>;

/**
 * The path with the extension of a format. A path without a picture's extension is returned as it
 * is.
 */
export function withExtensionOf(path: string, format: Format): string {
  const current = formatOfName(path);
  return current === undefined || current === format ? path : path.replace(/\w+$/, extensionByFormat[format]);
}
