import * as l10n from "@vscode/l10n";
import type { ComparedPicture } from "../../protocol.ts";
import type { Extent } from "./viewport.ts";

/** One of the two pictures. */
export interface LoadedPicture {
  readonly label: string;
  readonly link?: string;
  /** Its pixels, upright; absent if it could not be loaded. */
  readonly size?: Extent;
  /** A sentence on why it cannot be shown. */
  readonly problem?: string;
}

/** Loads a picture to know its pixels. Never rejects: an error becomes the picture's `problem`. */
export async function loadPicture({ label, link, problem }: ComparedPicture): Promise<LoadedPicture> {
  if (link === undefined) {
    return { label, problem: problem ?? l10n.t("This picture is not there.") };
  }
  const image = new Image();
  image.src = link;
  try {
    await image.decode();
    return { label, link, size: { width: image.naturalWidth, height: image.naturalHeight } };
  } catch {
    return {
      label,
      problem: l10n.t("This picture cannot be shown: its file is damaged, or of a kind VS Code does not know."),
    };
  }
}
