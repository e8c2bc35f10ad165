import { l10n, ProgressLocation, Uri, window } from "vscode";
import { isStopped, LimnError, stoppedError } from "../../core/errors.ts";
import type { Pixels } from "../../core/models/size.ts";
import type { LogPort } from "../../core/ports.ts";
import type { PlannedPicture } from "../../core/targets/exportPlan.ts";
import { encodeIco } from "../../core/targets/ico.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { confirmInDialog } from "../ui/dialog.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { createFile, fileExists } from "./createFile.ts";

/** The services that an export needs. */
export interface ExportServices extends Pick<Services, "imaging" | "replacedImages"> {
  readonly log: Pick<LogPort, "info">;
}

/** Reads the bytes of a source when they are needed. */
type ReadSource = () => Promise<Uint8Array>;

/** A file of an export; `path` is below its folder. */
export type FileToWrite =
  | { readonly kind: "picture"; readonly path: string; readonly read: ReadSource; readonly picture: PlannedPicture }
  | {
      readonly kind: "icon";
      readonly path: string;
      readonly read: ReadSource;
      readonly pictures: readonly PlannedPicture[];
    }
  | { readonly kind: "text"; readonly path: string; readonly content: string };

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

/**
 * Asks before files are replaced. Throws with kind `stopped` if the user declines, and with kind
 * `files` if there are too many to bring them back.
 */
async function confirmReplacing(existing: readonly Uri[], undoLimit: number): Promise<void> {
  if (existing.length === 0) {
    return;
  }
  if (existing.length > undoLimit) {
    throw new LimnError(
      "files",
      l10n.t(
        "{0} of the files exist, and Undo brings back only {1}. Export fewer images at once, or into another folder.",
        ...[existing.length, undoLimit],
      ),
    );
  }
  const names = existing.slice(0, maxListedFiles).map(shownPath);
  const rest = existing.length - names.length;
  const question =
    existing.length === 1
      ? l10n.t("{0} exists. Replace it?", names[0] ?? "")
      : l10n.t("{0} of the files exist. Replace them?", existing.length);
  const list = existing.length === 1 ? [] : [...names, ...(rest > 0 ? [l10n.t("and {0} more", rest)] : [])];
  const undo = existing.length === 1 ? l10n.t("Undo brings it back.") : l10n.t("Undo brings them back.");
  const detail = [...list, undo].join("\n");
  if (!(await confirmInDialog(escapeMarkup(question), detail, l10n.t("Replace")))) {
    throw stoppedError();
  }
}

/** The bytes of a file, and what is known of them. */
type Content = Omit<WrittenFile, "uri" | "byteCount"> & { readonly bytes: Uint8Array };

async function makePicture(
  { imaging }: ExportServices,
  bytes: Uint8Array,
  picture: PlannedPicture,
  keepsMetadata = false,
): Promise<Content> {
  const { bytes: made, width, height, quality } = await imaging.exportPicture({ ...picture, bytes, keepsMetadata });
  const { maxBytes } = picture;
  return {
    bytes: made,
    pixels: { width, height },
    ...(quality === undefined ? {} : { quality }),
    ...(maxBytes === undefined || made.length <= maxBytes ? {} : { exceededLimit: maxBytes }),
  };
}

async function contentOf(services: ExportServices, folder: Uri, file: FileToWrite): Promise<Content> {
  if (file.kind === "text") {
    return { bytes: new TextEncoder().encode(file.content) };
  }
  if (file.kind === "picture") {
    return makePicture(services, await file.read(), file.picture, setting("export.keepMetadata", folder));
  }
  const source = await file.read();
  const entries = file.pictures.map(async (picture) => {
    const { bytes } = await makePicture(services, source, picture);
    return { side: picture.width, png: bytes };
  });
  return { bytes: encodeIco(await Promise.all(entries)) };
}

/** The contents of files in their order. While one is made and used, the next one is made too. */
async function* contentsOf(services: ExportServices, folder: Uri, files: readonly FileToWrite[]) {
  const make = (file: FileToWrite) => {
    const content = contentOf(services, folder, file);
    // An error is thrown when it is the file's turn.
    content.catch(() => undefined);
    return { file, content };
  };
  const made = files.slice(0, 1).map(make);
  for (const [index] of files.entries()) {
    made.push(...files.slice(index + 1, index + 2).map(make));
    yield* made.splice(0, 1);
  }
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

/** The message of an error, with what became of the files that were written before it. */
function exportError(path: string, error: unknown, undoError: unknown): unknown {
  const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
  if (undoError !== undefined) {
    const message = l10n.t("{0} was not exported, and what was written before it is still there.", path);
    return new LimnError("files", `${message} ${reasonOf(undoError)} ${reasonOf(error)}`, { cause: error });
  }
  return isStopped(error)
    ? error
    : new LimnError("files", l10n.t("{0} was not exported, so nothing was changed. {1}", path, reasonOf(error)), {
        cause: error,
      });
}

/** Throws if two of the files have the same path: one would replace the other. */
function checkPaths(files: readonly FileToWrite[]): void {
  const paths = files.map(({ path }) => path.toLowerCase());
  const twice = files.find(({ path }, index) => paths.indexOf(path.toLowerCase()) !== index);
  if (twice !== undefined) {
    throw new LimnError(
      "files",
      l10n.t(
        "Two of the images would become {0}. Export them one after the other, into different folders.",
        twice.path,
      ),
    );
  }
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
  checkPaths(files);
  const uriOf = ({ path }: FileToWrite): Uri => Uri.joinPath(folder, path);
  const exists = await Promise.all(files.map((file) => fileExists(uriOf(file))));
  const existing = new Set(files.filter((_, index) => exists[index]));
  await confirmReplacing([...existing].map(uriOf), services.replacedImages.undoLimit);
  const undos: (() => Promise<void>)[] = [];
  const written: WrittenFile[] = [];
  const options = { location: ProgressLocation.Notification, title: l10n.t("Exporting"), cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    for await (const { file, content } of contentsOf(services, folder, files)) {
      const uri = uriOf(file);
      progress.report({ message: escapeMarkup(file.path), increment: 100 / files.length });
      try {
        const { bytes, ...facts } = await content;
        if (token.isCancellationRequested) {
          throw stoppedError();
        }
        undos.push(await (existing.has(file) ? services.replacedImages.replace(uri, bytes) : createFile(uri, bytes)));
        written.push({ uri, byteCount: bytes.length, ...facts });
      } catch (error) {
        const undoError = await undoAll(undos).catch((cause: unknown) => cause);
        throw exportError(file.path, error, undoError);
      }
    }
  });
  return { folder, files: written, undo: () => undoAll(undos) };
}
