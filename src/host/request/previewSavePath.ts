import { Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { extensionOf, firstFreeName } from "../../core/files/keep.ts";
import { aspectRatioName, candidateFileNames, type PlaceholderValues } from "../../core/files/naming.ts";
import type { Model, OutputFormat } from "../../core/models/model.ts";
import { findSize, nearestSize, type Pixels } from "../../core/models/size.ts";
import type { FilesPort } from "../../core/ports.ts";
import type { Shape } from "../../core/request/request.ts";
import { checkFilePath, checkWritable, type SaveLocation, targetAt } from "../workspace/saveLocation.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { LoadedReferences } from "./references.ts";

/** The values that a file name depends on, as far as they are known before a purchase. */
export interface NamingInput {
  /** The model that makes the picture. */
  readonly model: Model;
  readonly prompt: string;
  readonly shape: Shape | undefined;
  readonly loaded: LoadedReferences;
  readonly format: OutputFormat;
}

/** The pixels to expect: the chosen size, or the one nearest to the reference that it follows. */
export function expectedPixels({ model, shape, loaded }: NamingInput): Pixels {
  if (typeof shape === "object" && "width" in shape) {
    return shape;
  }
  const [reference] = loaded.references;
  const tier = typeof shape === "object" ? shape.resolution : model.sizes[0].tier;
  return nearestSize(model, reference?.file?.pixels ?? { width: 1, height: 1 }, tier);
}

/** The values for a name template before a purchase. */
export function nameParts(input: NamingInput): PlaceholderValues {
  const size = expectedPixels(input);
  const ratio = aspectRatioName(findSize(input.model, size) ?? size);
  // A picture gets its UUID when it is made. Until then, zeros replace it.
  return { prompt: input.prompt, date: Date.now(), size, ratio, uuid: "00000000" };
}

/** The preview of a save location. */
export interface SavePathPreview {
  /** The path, as shown, of the first picture that is saved. */
  readonly path: string;
  /** The reason why nothing can be saved there, as a sentence. */
  readonly error?: string;
}

/**
 * Checks whether a save location can be used, and returns the name of the first picture there.
 */
export async function previewSavePath(
  files: FilesPort,
  input: NamingInput,
  saveLocation: SaveLocation,
): Promise<SavePathPreview> {
  const extension = extensionOf(saveLocation.format ?? input.format, saveLocation);
  const parts = nameParts(input);
  const first = Uri.joinPath(
    saveLocation.folder,
    `${candidateFileNames(saveLocation.name, parts).next().value}.${extension}`,
  );
  const error = checkFilePath(first) ?? (await checkWritable(Uri.joinPath(first, "..")));
  if (error !== undefined) {
    return { path: shownPath(first), error };
  }
  const name = await firstFreeName({ files }, targetAt(saveLocation, "ask"), parts, extension);
  return { path: shownPath(Uri.joinPath(saveLocation.folder, name)) };
}

/**
 * The path, as shown, of the first picture that is saved. Called before a purchase. Throws a
 * `LimnError` of kind `files` if nothing can be saved there.
 */
export async function checkSaveLocation(
  files: FilesPort,
  input: NamingInput,
  saveLocation: SaveLocation,
): Promise<string> {
  const { path: shown, error } = await previewSavePath(files, input, saveLocation);
  if (error !== undefined) {
    throw new LimnError("files", error, { field: "path" });
  }
  return shown;
}
