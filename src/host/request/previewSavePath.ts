import { Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { firstFreeName } from "../../core/files/keep.ts";
import { aspectRatioName, candidateFileNames, type PlaceholderValues } from "../../core/files/naming.ts";
import type { Model, OutputFormat } from "../../core/models/model.ts";
import { findSize, nearestSize, type Pixels } from "../../core/models/size.ts";
import { extensionByFormat } from "../../core/pictures/pictureFormat.ts";
import type { FilesPort } from "../../core/ports.ts";
import type { Shape } from "../../core/request/request.ts";
import { checkFilePath, checkWritable, type SaveLocation } from "../workspace/saveLocation.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { LoadedReferences } from "./references.ts";

/** What a file's name depends on, as far as it is known before anything is made. */
export interface NamingInput {
  readonly prompt: string;
  readonly shape: Shape | undefined;
  readonly loaded: LoadedReferences;
  readonly format: OutputFormat;
}

/**
 * The pixels that are to be expected: exact where a size was chosen, the nearest there is where it
 * follows the reference.
 */
function expectedPixels(model: Model, { shape, loaded }: NamingInput): Pixels {
  if (typeof shape === "object" && "width" in shape) {
    return shape;
  }
  const [reference] = loaded.references;
  const tier = typeof shape === "object" ? shape.resolution : "1k";
  return nearestSize(model, reference?.file?.pixels ?? { width: 1, height: 1 }, tier);
}

/** What a name template is filled in with, before anything is made. */
export function nameParts(model: Model, input: NamingInput): PlaceholderValues {
  const size = expectedPixels(model, input);
  const ratio = aspectRatioName(findSize(model, size) ?? size);
  // Every picture has a UUID of its own; before it is made, zeros stand for it.
  return { prompt: input.prompt, date: Date.now(), size, ratio, uuid: "00000000" };
}

/** What will come of a spot. */
export interface SavePathPreview {
  /** The path, as shown, of the first picture that is kept. */
  readonly path: string;
  /** Why the spot cannot be used, in a sentence. */
  readonly error?: string;
}

/**
 * Looks whether a spot can be used, and under what name the first picture would be saved there now.
 */
export async function previewSavePath(
  model: Model,
  files: FilesPort,
  input: NamingInput,
  saveLocation: SaveLocation,
): Promise<SavePathPreview> {
  const extension = extensionByFormat[saveLocation.format ?? input.format];
  const parts = nameParts(model, input);
  const first = Uri.joinPath(
    saveLocation.folder,
    `${candidateFileNames(saveLocation.name, parts).next().value}.${extension}`,
  );
  const error = checkFilePath(first) ?? (await checkWritable(Uri.joinPath(first, "..")));
  if (error !== undefined) {
    return { path: shownPath(first), error };
  }
  const target = { folder: saveLocation.folder.toString(), name: saveLocation.name, keep: "ask" } as const;
  const name = await firstFreeName({ files }, target, parts, extension);
  return { path: shownPath(Uri.joinPath(saveLocation.folder, name)) };
}

/**
 * The path, as shown, of the first picture that is kept. Everything about it is checked before
 * anything is bought: throws a `LimnError` of kind `files` if the spot cannot be used.
 */
export async function checkSaveLocation(
  model: Model,
  files: FilesPort,
  input: NamingInput,
  saveLocation: SaveLocation,
): Promise<string> {
  const { path: shown, error } = await previewSavePath(model, files, input, saveLocation);
  if (error !== undefined) {
    throw new LimnError("files", error, { field: "path" });
  }
  return shown;
}
