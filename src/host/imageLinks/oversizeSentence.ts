import { l10n } from "vscode";
import { oversizeOf } from "../../core/links/oversizedImage.ts";
import type { ImageLink } from "../../core/links/reading/imageLink.ts";
import { formatBytes } from "../../core/text/byteSize.ts";
import type { ImageFile } from "./readImage.ts";

/**
 * That an image is far larger than its link shows it, and how much smaller it could be; `undefined`
 * if it is not, and for a drawing.
 *
 * @param name of the image, as the sentence shows it.
 */
export function oversizeSentence(link: ImageLink, { size, header }: ImageFile, name: string): string | undefined {
  const oversize = header === undefined || header.format === "SVG" ? undefined : oversizeOf(link, header, size);
  if (oversize === undefined) {
    return undefined;
  }
  const { shownWidth, enough, saving } = oversize;
  return shownWidth === undefined
    ? l10n.t(
        "{0} is wider than a page needs: {1} px are enough, with about {2} less.",
        ...[name, enough, formatBytes(saving)],
      )
    : l10n.t(
        "{0} is far larger than its use: it is shown {1} px wide, so {2} px are enough, with about {3} less.",
        ...[name, shownWidth, enough, formatBytes(saving)],
      );
}
