import { commands, l10n, type Uri } from "vscode";
import { describeDiskError } from "../../core/diskError.ts";
import { LimnError, stoppedError } from "../../core/errors.ts";
import type { EmbeddedImage } from "../../core/links/dataUri.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { formatBytes } from "../../core/text/byteSize.ts";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import { altTextOf, type LinkServices } from "../links/imageLink.ts";
import { notifyWarning } from "../ui/notify.ts";
import { askImages } from "../workspace/chooseImages.ts";
import { fileSize } from "../workspace/fileStat.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { throwIfReadEscapes } from "../workspace/symlinkEscape.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

const filesError = (message: string, cause?: unknown): LimnError => new LimnError("files", message, { cause });

/** The images of a context menu, the one in the active editor, or those that the user chooses. */
export async function askForImages(clicked: unknown, selected: unknown, title: string): Promise<readonly Uri[]> {
  const fromMenu = urisFromArguments(clicked, selected);
  return fromMenu.length > 0 ? fromMenu : await askImages(title, l10n.t("Choose"));
}

/** The bytes of a file; its size alone if that is over the limit. */
async function readBytes(file: Uri, limit: number): Promise<Uint8Array | number> {
  try {
    await throwIfReadEscapes(file);
    return (await readRegularFile(file, limit)) ?? (await fileSize(file.toString())) ?? limit;
  } catch (error) {
    throw error instanceof LimnError
      ? error
      : filesError(l10n.t("{0} could not be read. {1}", shownPath(file), describeDiskError(error)), error);
  }
}

/** What the header of an image says. Throws a `LimnError` if browsers do not show it. */
async function headerOf(file: Uri, bytes: Uint8Array) {
  const header = (await import("../../imaging/probe.ts")).probeAny(bytes);
  if (header === undefined) {
    throw filesError(l10n.t("{0} is not an image that browsers show. Choose another file.", shownPath(file)));
  }
  return header;
}

/** Reads an image file that is copied as a picture. Throws a `LimnError` if it is too large. */
export async function readShownImage(file: Uri) {
  const bytes = await readBytes(file, maxImageFileBytes);
  if (typeof bytes === "number") {
    throw filesError(
      l10n.t("{0} is larger than {1} MB. Use a smaller file.", shownPath(file), maxImageFileBytes / 1e6),
    );
  }
  return { bytes: Uint8Array.from(bytes), format: (await headerOf(file, bytes)).format };
}

async function embed(services: LinkServices, file: Uri, bytes: Uint8Array): Promise<EmbeddedImage> {
  const { format, width, height } = await headerOf(file, bytes);
  return {
    format,
    base64: Buffer.from(bytes).toString("base64"),
    ...(format === "SVG" ? { svg: new TextDecoder().decode(bytes) } : {}),
    size: { width, height },
    alt: await altTextOf(services, file),
  };
}

/** Says that a file is too large, and offers to export a smaller one. */
function refuse(file: Uri, size: number, limit: number): LimnError {
  const sentence = l10n.t(
    "{0} has {1}, and a data URI is for images up to {2}. Use Export Image For… to make a smaller one.",
    ...[shownPath(file), formatBytes(size), formatBytes(limit)],
  );
  const run = () => commands.executeCommand("limn.exportImage", file);
  void notifyWarning(sentence, { label: l10n.t("Export For…"), run });
  return stoppedError();
}

/**
 * Reads image files for their data URIs.
 *
 * @param limit bytes of the largest file.
 * @throws LimnError of kind `stopped` if a file is larger, after a warning about it.
 */
export async function readEmbeddedImages(
  services: LinkServices,
  files: readonly Uri[],
  limit: number,
): Promise<readonly EmbeddedImage[]> {
  // The journal knows the prompts for the alt texts.
  await services.jobs.journal.ready().catch(() => undefined);
  const images: EmbeddedImage[] = [];
  for (const file of files) {
    const bytes = await readBytes(file, limit);
    if (typeof bytes === "number") {
      throw refuse(file, bytes, limit);
    }
    images.push(await embed(services, file, bytes));
  }
  return images;
}
