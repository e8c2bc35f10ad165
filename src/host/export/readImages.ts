import { posix } from "node:path";
import { l10n, type Uri } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { LimnError } from "../../core/errors.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import type { Ports } from "../../core/ports.ts";
import type { ExportSource } from "../../core/targets/exportPlan.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** An image file that is exported. */
export interface ExportedImage extends ExportSource {
  readonly uri: Uri;
  readonly bytes: Uint8Array;
}

async function readImage({ probe }: Pick<Ports, "probe">, uri: Uri): Promise<ExportedImage> {
  const bytes = await readRegularFile(uri, maxImageFileBytes).catch((cause: unknown) => {
    throw new LimnError("files", l10n.t("{0} could not be read. {1}", shownPath(uri), describeDiskError(cause)), {
      cause,
    });
  });
  if (bytes === undefined) {
    throw new LimnError(
      "files",
      l10n.t("{0} is larger than {1} MB, so it was not exported.", shownPath(uri), maxImageFileBytes / 1e6),
    );
  }
  const header = probe(bytes);
  if (header === undefined) {
    throw new LimnError(
      "files",
      l10n.t("{0} is not a PNG, JPEG or WebP picture, so it was not exported.", shownPath(uri)),
    );
  }
  const { name } = posix.parse(uri.path);
  return { uri, bytes, name, pixels: { width: header.width, height: header.height } };
}

/** Reads image files, one after the other. Throws a `LimnError` if one is not a picture. */
export async function readImages({ ports }: { readonly ports: Pick<Ports, "probe"> }, uris: readonly Uri[]) {
  const images: ExportedImage[] = [];
  for (const uri of uris) {
    images.push(await readImage(ports, uri));
  }
  return images;
}
