import { posix } from "node:path";
import { l10n, type Uri } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { LimnError } from "../../core/errors.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import type { Ports } from "../../core/ports.ts";
import type { ExportSource } from "../../core/targets/exportPlan.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { throwIfReadEscapes } from "../workspace/symlinkEscape.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** An image file that is exported. */
export interface ExportedImage extends ExportSource {
  readonly uri: Uri;
  /** Whether it has an alpha channel, perhaps one that is opaque everywhere. */
  readonly hasAlpha: boolean;
  /** Whether it is an animation. Its first frame is exported. */
  readonly isAnimated: boolean;
}

/** The name of a file without its extension. */
export const nameWithoutExtension = ({ path }: Uri): string => posix.parse(path).name;

const notExported = (message: string, cause?: unknown): LimnError => new LimnError("files", message, { cause });

/** Reads an image file. Throws a `LimnError` if it is too large, or leads out of the workspace. */
export async function readImageBytes(uri: Uri): Promise<Uint8Array> {
  const path = shownPath(uri);
  try {
    await throwIfReadEscapes(uri);
    const bytes = await readRegularFile(uri, maxImageFileBytes);
    if (bytes === undefined) {
      throw notExported(l10n.t("{0} is larger than {1} MB, so it was not exported.", path, maxImageFileBytes / 1e6));
    }
    return bytes;
  } catch (error) {
    throw error instanceof LimnError
      ? error
      : notExported(l10n.t("{0} could not be read. {1}", path, describeDiskError(error)), error);
  }
}

async function readImage({ probe }: Pick<Ports, "probe">, uri: Uri): Promise<ExportedImage> {
  const header = probe(await readImageBytes(uri));
  if (header === undefined) {
    throw notExported(l10n.t("{0} is not a PNG, JPEG or WebP picture, so it was not exported.", shownPath(uri)));
  }
  const { width, height, hasAlpha = false, isAnimated = false } = header;
  return { uri, name: nameWithoutExtension(uri), pixels: { width, height }, hasAlpha, isAnimated };
}

/** Looks at image files, one after the other. Throws a `LimnError` if one is not a picture. */
export async function readImages({ ports }: { readonly ports: Pick<Ports, "probe"> }, uris: readonly Uri[]) {
  const images: ExportedImage[] = [];
  for (const uri of uris) {
    images.push(await readImage(ports, uri));
  }
  return images;
}
