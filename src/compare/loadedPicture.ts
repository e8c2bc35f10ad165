import type { ComparedPicture } from "../protocol.ts";
import type { Extent } from "./viewport.ts";

/** One of the two pictures, as far as it is known. */
export interface LoadedPicture {
  readonly label: string;
  readonly link?: string;
  /** Its real pixels, upright; absent until it is loaded. */
  readonly size?: Extent;
  /** Why it cannot be shown, in a sentence. */
  readonly problem?: string;
}

/**
 * Loads a picture far enough to know its pixels. Never rejects: what went wrong is the picture's
 * `problem`.
 */
export async function loadPicture({ label, link, problem }: ComparedPicture): Promise<LoadedPicture> {
  if (link === undefined) {
    return { label, problem: problem ?? "This picture is not there." };
  }
  const image = new Image();
  image.src = link;
  try {
    await image.decode();
    return { label, link, size: { width: image.naturalWidth, height: image.naturalHeight } };
  } catch {
    return { label, problem: "This picture cannot be shown: its file is damaged, or of a kind VS Code does not know." };
  }
}

/** Pixels as a person writes them. */
export const formatSize = ({ width, height }: Extent): string => `${width} × ${height}`;
