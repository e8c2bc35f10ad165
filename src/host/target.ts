import { Uri } from "vscode";
import { LimnError } from "../core/errors.ts";
import { freeName } from "../core/keep.ts";
import type { Model, OutputFormat } from "../core/model.ts";
import { fileNames, type NameParts, ratioOf } from "../core/naming.ts";
import { extensionOf } from "../core/picture.ts";
import type { FilesPort } from "../core/ports.ts";
import type { Shape } from "../core/request.ts";
import { nearestSize, type Pixels, sizeOf } from "../core/size.ts";
import { checkFilePath, checkWritable, type Spot, shownPath } from "./places.ts";
import type { LoadedReferences } from "./references.ts";

/** What a file's name depends on, as far as it is known before anything is made. */
export interface Plan {
  readonly prompt: string;
  readonly shape: Shape | undefined;
  readonly loaded: LoadedReferences;
  readonly format: OutputFormat;
}

/** The pixels that are to be expected: exact where a size was chosen, the nearest there is where it follows the reference. */
function expectedPixels(model: Model, { shape, loaded }: Plan): Pixels {
  if (typeof shape === "object" && "width" in shape) {
    return shape;
  }
  const [reference] = loaded.references;
  const tier = typeof shape === "object" ? shape.resolution : "1k";
  return nearestSize(model, reference?.file?.pixels ?? { width: 1, height: 1 }, tier);
}

/** What a name template is filled in with, before anything is made. */
export function nameParts(model: Model, plan: Plan): NameParts {
  const size = expectedPixels(model, plan);
  const ratio = ratioOf(sizeOf(model, size) ?? size);
  // Every picture has a UUID of its own; before it is made, zeros stand for it.
  return { prompt: plan.prompt, date: Date.now(), size, ratio, uuid: "00000000" };
}

/** What will come of a spot. */
export interface Foreseen {
  /** The path, as shown, of the first picture that is kept. */
  readonly shown: string;
  /** Why the spot cannot be used, in a sentence. */
  readonly error?: string;
}

/** Looks whether a spot can be used, and under what name the first picture would be saved there now. */
export async function foresee(model: Model, files: FilesPort, plan: Plan, spot: Spot): Promise<Foreseen> {
  const extension = extensionOf[spot.format ?? plan.format];
  const parts = nameParts(model, plan);
  const first = Uri.joinPath(spot.folder, `${fileNames(spot.name, parts).next().value}.${extension}`);
  const error = checkFilePath(first) ?? (await checkWritable(Uri.joinPath(first, "..")));
  if (error !== undefined) {
    return { shown: shownPath(first), error };
  }
  const target = { folder: spot.folder.toString(), name: spot.name, keep: "ask" } as const;
  const name = await freeName({ files }, target, parts, extension);
  return { shown: shownPath(Uri.joinPath(spot.folder, name)) };
}

/**
 * The path, as shown, of the first picture that is kept. Everything about it is checked before anything is bought: throws a `LimnError` of
 * kind `files` if the spot cannot be used.
 */
export async function checkSpot(model: Model, files: FilesPort, plan: Plan, spot: Spot): Promise<string> {
  const { shown, error } = await foresee(model, files, plan, spot);
  if (error !== undefined) {
    throw new LimnError("files", error, { field: "path" });
  }
  return shown;
}
