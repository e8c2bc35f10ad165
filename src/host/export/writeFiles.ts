import { l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import { isStopped, LimnError, stoppedError } from "../../core/errors.ts";
import type { Pixels } from "../../core/models/size.ts";
import type { LogPort } from "../../core/ports.ts";
import type { PlannedPicture } from "../../core/targets/exportPlan.ts";
import { encodeIco } from "../../core/targets/ico.ts";
import type { Services } from "../services.ts";
import { confirmInDialog } from "../ui/dialog.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { uriExists } from "../workspace/fileStat.ts";
import { overwriteFile } from "../workspace/overwrite.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/** The services that an export needs. */
export interface ExportServices extends Pick<Services, "imaging" | "replacedImages"> {
  readonly log: Pick<LogPort, "info" | "warn">;
}

/** A file of an export; `path` is below its folder, `bytes` are those of the source. */
export type FileToWrite =
  | { readonly kind: "picture"; readonly path: string; readonly bytes: Uint8Array; readonly picture: PlannedPicture }
  | {
      readonly kind: "icon";
      readonly path: string;
      readonly bytes: Uint8Array;
      readonly pictures: readonly PlannedPicture[];
    }
  | { readonly kind: "text"; readonly path: string; readonly text: string };

/** A file that was written. */
export interface WrittenFile {
  readonly uri: Uri;
  readonly byteCount: number;
  /** Pixels of a picture; absent for other files. */
  readonly pixels?: Pixels;
  /** Quality of the encoding, of 100; absent if nothing was lost. */
  readonly quality?: number;
  /** The limit in bytes that could not be reached. */
  readonly exceededLimit?: number;
}

/** What an export has written. */
export interface Written {
  readonly folder: Uri;
  readonly files: readonly WrittenFile[];
  /** Restores what was there before. Throws a `LimnError` if a file has been changed since. */
  undo(): Promise<void>;
}

/** Maximum number of files that a question lists by name. */
const maxListedFiles = 12;

/** Asks before files are replaced. Throws with kind `stopped` if the user declines. */
async function confirmReplacing(existing: readonly Uri[]): Promise<void> {
  if (existing.length === 0) {
    return;
  }
  const names = existing.slice(0, maxListedFiles).map(shownPath);
  const rest = existing.length - names.length;
  const question =
    existing.length === 1
      ? l10n.t("{0} exists. Replace it?", names[0] ?? "")
      : l10n.t("{0} of the files exist. Replace them?", existing.length);
  const list = existing.length === 1 ? [] : [...names, ...(rest > 0 ? [l10n.t("and {0} more", rest)] : [])];
  const detail = [...list, l10n.t("Undo brings them back.")].join("\n");
  if (!(await confirmInDialog(escapeMarkup(question), detail, l10n.t("Replace")))) {
    throw stoppedError();
  }
}

/** The bytes of a file, and what is known of them. */
type Content = Omit<WrittenFile, "uri" | "byteCount"> & { readonly bytes: Uint8Array };

async function makePicture({ imaging }: ExportServices, bytes: Uint8Array, picture: PlannedPicture): Promise<Content> {
  const { bytes: made, width, height, quality } = await imaging.exportPicture({ ...picture, bytes });
  const { maxBytes } = picture;
  return {
    bytes: made,
    pixels: { width, height },
    ...(quality === undefined ? {} : { quality }),
    ...(maxBytes === undefined || made.length <= maxBytes ? {} : { exceededLimit: maxBytes }),
  };
}

async function contentOf(services: ExportServices, file: FileToWrite): Promise<Content> {
  if (file.kind === "text") {
    return { bytes: new TextEncoder().encode(file.text) };
  }
  if (file.kind === "picture") {
    return makePicture(services, file.bytes, file.picture);
  }
  const entries: { readonly side: number; readonly png: Uint8Array }[] = [];
  for (const picture of file.pictures) {
    const { bytes } = await makePicture(services, file.bytes, picture);
    entries.push({ side: picture.width, png: bytes });
  }
  return { bytes: encodeIco(entries) };
}

/** Creates a file. Returns a function that deletes it, unless it has been changed since. */
async function createNew(uri: Uri, bytes: Uint8Array): Promise<() => Promise<void>> {
  await workspace.fs.createDirectory(Uri.joinPath(uri, ".."));
  await overwriteFile(uri, bytes);
  return async () => {
    if (!(await uriExists(uri))) {
      return;
    }
    if (Buffer.compare(await workspace.fs.readFile(uri), bytes) !== 0) {
      throw new LimnError("files", l10n.t("{0} has been changed since, so it was left as it is.", shownPath(uri)));
    }
    await workspace.fs.delete(uri);
  };
}

/** Runs the functions, the last one first. Throws the first error after all have run. */
async function undoAll(undos: readonly (() => Promise<void>)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const undo of undos.toReversed()) {
    await undo().catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) {
    throw errors[0];
  }
}

/** The message of an error, with what became of the other files. */
function exportError(path: string, error: unknown): unknown {
  if (isStopped(error)) {
    return error;
  }
  const reason = error instanceof Error ? error.message : String(error);
  const message = l10n.t("{0} was not exported, so nothing was changed. {1}", path, reason);
  return new LimnError("files", message, { cause: error });
}

/**
 * Writes all files, or none: what was written is undone if one cannot be made or written, or the
 * user cancels. Asks before files are replaced.
 *
 * @throws LimnError of kind `files`, or `stopped` if the user cancels.
 */
export async function writeFiles(
  services: ExportServices,
  folder: Uri,
  files: readonly FileToWrite[],
): Promise<Written> {
  const uriOf = ({ path }: FileToWrite): Uri => Uri.joinPath(folder, path);
  const exists = await Promise.all(files.map((file) => uriExists(uriOf(file))));
  await confirmReplacing(files.map(uriOf).filter((_, index) => exists[index]));
  const undos: (() => Promise<void>)[] = [];
  const written: WrittenFile[] = [];
  const options = { location: ProgressLocation.Notification, title: l10n.t("Exporting"), cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    for (const file of files) {
      const uri = uriOf(file);
      progress.report({ message: file.path, increment: 100 / files.length });
      try {
        const { bytes, ...facts } = await contentOf(services, file);
        if (token.isCancellationRequested) {
          throw stoppedError();
        }
        const isReplaced = await uriExists(uri);
        undos.push(await (isReplaced ? services.replacedImages.replace(uri, bytes) : createNew(uri, bytes)));
        written.push({ uri, byteCount: bytes.length, ...facts });
      } catch (error) {
        await undoAll(undos).catch((cause: unknown) => services.log.warn(`An export was not undone: ${String(cause)}`));
        throw exportError(file.path, error);
      }
    }
  });
  return { folder, files: written, undo: () => undoAll(undos) };
}
