import { createHash } from "node:crypto";
import { posix } from "node:path";
import { l10n, Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Model, OutputFormat } from "../../core/models/model.ts";
import type { Pixels } from "../../core/models/size.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { formatOfName } from "../../core/pictures/pictureFormat.ts";
import { readRemoteReference, sourceNotStoredError } from "../../core/request/remoteReference.ts";
import type { Reference } from "../../core/request/request.ts";
import type { Imaging } from "../../imaging/imaging.ts";
import { maxListedNames } from "../ui/lists.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { symlinkEscape } from "../workspace/symlinkEscape.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/**
 * A reference image as it is sent, or the address or UUID from which Runware downloads it.
 */
export interface LoadedReference extends Reference {
  /** Pixels and bytes after shrinking, upright; absent if Runware downloads the image itself. */
  readonly file?: { readonly pixels: Pixels; readonly bytes: number };
  /** SHA-256 of the bytes, which identifies the picture. */
  readonly digest: string;
}

/** References in sending order, and what the user should know before they are sent. */
export interface LoadedReferences {
  readonly references: readonly LoadedReference[];
  readonly notes: readonly string[];
}

/** No references, such as those of a draft image. */
export const noReferences: LoadedReferences = { references: [], notes: [] };

const mediaTypes = { JPG: "image/jpeg", PNG: "image/png", WEBP: "image/webp" } as const satisfies Record<
  OutputFormat,
  string
>;

const referenceError = (message: string, cause?: unknown) =>
  new LimnError("reference", message, { field: "references", cause });

/** The error of the image process, which does not know the file, with the name of the file. */
export const unusableError = (label: string, error: unknown): LimnError =>
  referenceError(l10n.t("{0}: {1}", label, error instanceof Error ? error.message : String(error)), error);

/** The file's name as the user knows it: relative to the workspace folder. */
export const labelOf = (uri: Uri): string => shownPath(uri);

/** The format of a file by its extension; `undefined` if Limn cannot read it. */
export const imageFormat = (uri: Uri): OutputFormat | undefined => formatOfName(posix.basename(uri.path));

/** Reads an image file that is sent. Throws a `LimnError` of kind `reference` that names it. */
export async function readImageToSend(uri: Uri, label: string): Promise<Uint8Array> {
  if (imageFormat(uri) === undefined) {
    throw referenceError(
      l10n.t("{0} cannot be a reference image: Limn reads PNG, JPEG and WebP files. Convert it first.", label),
    );
  }
  try {
    const escapedPath = await symlinkEscape(uri);
    if (escapedPath !== undefined) {
      throw referenceError(
        l10n.t(
          "{0} is a link out of the workspace folder, to {1}. Choose that file itself, or add its folder to the workspace.",
          label,
          escapedPath,
        ),
      );
    }
    const bytes = await readRegularFile(uri, maxImageFileBytes);
    if (bytes === undefined) {
      throw referenceError(l10n.t("{0} is larger than {1} MB. Use a smaller file.", label, maxImageFileBytes / 1e6));
    }
    return bytes;
  } catch (error) {
    throw error instanceof LimnError
      ? error
      : referenceError(l10n.t("{0} could not be read. Check that the file is still there.", label), error);
  }
}

function limitWarnings({ label, file }: LoadedReference, { references: { minSide, maxAspect } }: Model): string[] {
  if (file === undefined) {
    return [];
  }
  const { width, height } = file.pixels;
  const aspect = Math.max(width, height) / Math.min(width, height);
  return [
    ...(Math.min(width, height) < minSide
      ? [l10n.t("{0} is smaller than {1} px and may be refused.", label, minSide)]
      : []),
    ...(aspect > maxAspect ? [l10n.t("{0} is longer than {1} : 1 and may be refused.", label, maxAspect)] : []),
  ];
}

/**
 * A file that may become a reference. It has a label if the user does not know it by its path.
 */
export interface ReferenceFile {
  readonly uri: Uri;
  readonly label?: string;
}

/**
 * Reads an image file and prepares it for sending: upright, without metadata, shrunk to the model's
 * limits.
 *
 * @throws LimnError of kind `reference` that names the file.
 */
export async function loadReference(
  { uri, label = labelOf(uri) }: ReferenceFile,
  imaging: Imaging,
  model: Model,
): Promise<LoadedReference> {
  return prepareImage({ uri, label }, await readImageToSend(uri, label), imaging, model.references);
}

/**
 * Prepares the bytes of an image for sending: upright, without metadata, shrunk to the limits.
 * Throws as `loadReference` does.
 */
export async function prepareImage(
  { uri, label }: Required<ReferenceFile>,
  original: Uint8Array,
  imaging: Imaging,
  { maxSide, maxBytes }: Pick<Model["references"], "maxSide" | "maxBytes">,
): Promise<LoadedReference> {
  try {
    const { bytes, format, width, height } = await imaging.shrink({ bytes: original, maxSide, maxBytes });
    const image = `data:${mediaTypes[format]};base64,${Buffer.from(bytes).toString("base64")}`;
    return {
      label,
      image,
      source: uri.toString(),
      file: { pixels: { width, height }, bytes: bytes.length },
      digest: hash(bytes),
    };
  } catch (error) {
    throw unusableError(label, error);
  }
}

const withDigest = (reference: Reference): LoadedReference => ({
  ...reference,
  digest: createHash("sha256").update(reference.image).digest("hex"),
});

/**
 * Parses an address or a UUID of an image that Runware downloads itself; `undefined` if the text is
 * neither.
 */
export function loadRemoteReference(text: string): LoadedReference | undefined {
  const remote = readRemoteReference(text);
  return remote && withDigest(remote);
}

/**
 * Restores a reference of a job: the file to read, or the address or UUID for Runware. Throws a
 * `LimnError` if neither is stored.
 */
export function referenceSourceOf({
  label,
  source,
}: {
  readonly label: string;
  readonly source?: string | undefined;
}): ReferenceFile | LoadedReference {
  if (source === undefined) {
    throw sourceNotStoredError(label);
  }
  return loadRemoteReference(source) ?? { uri: Uri.parse(source), label };
}

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function duplicateNotes(labels: readonly string[]): string[] {
  return labels.length > maxListedNames
    ? [l10n.t("{0} images are the same pictures as others and were left out.", labels.length)]
    : labels.map((label) => l10n.t("{0} is the same picture as another and was left out.", label));
}

const tooManyError = (max: number) =>
  referenceError(l10n.t("Too many reference images: this model takes at most {0} different ones. Choose fewer.", max));

/**
 * Combines references: each picture only once, with notes on those that the model may refuse. Does
 * not limit their number, see `loadDistinctReferences`.
 *
 * @param duplicates labels of files that were found to be the same before they were loaded.
 */
export function gatherReferences(
  loaded: readonly LoadedReference[],
  model: Model,
  duplicates: readonly string[] = [],
): LoadedReferences {
  const isFirst = ({ digest }: LoadedReference, index: number) =>
    loaded.findIndex((other) => other.digest === digest) === index;
  const references = loaded.filter(isFirst);
  const repeatedLabels = loaded.filter((reference, index) => !isFirst(reference, index)).map(({ label }) => label);
  const notes = [
    ...references.flatMap((reference) => limitWarnings(reference, model)),
    ...duplicateNotes([...duplicates, ...repeatedLabels]),
  ];
  return { references, notes };
}

/** Pictures that are known already, and the files that are duplicates of them. */
export interface DistinctReferences {
  readonly loaded: readonly LoadedReference[];
  readonly duplicates: readonly string[];
}

/**
 * Loads each picture once, one after the other. Equal files and equal bytes are recognized before
 * decoding. Stops reading if there are more pictures than the model accepts.
 *
 * @param known digests of pictures that are present already.
 * @throws LimnError as `loadReference` does, and if there are too many.
 */
export async function loadDistinctReferences(
  files: readonly (Uri | ReferenceFile | LoadedReference)[],
  imaging: Imaging,
  model: Model,
  known: readonly string[] = [],
): Promise<DistinctReferences> {
  const { max } = model.references;
  const [seenUris, seenOriginals, digests] = [new Set<string>(), new Set<string>(), new Set(known)];
  const loaded: LoadedReference[] = [];
  const duplicates: string[] = [];
  const add = (reference: LoadedReference) => {
    loaded.push(reference);
    digests.add(reference.digest);
    if (digests.size > max) {
      throw tooManyError(max);
    }
  };
  for (const file of files) {
    if ("image" in file) {
      add(file);
      continue;
    }
    const { uri, label = labelOf(uri) } = file instanceof Uri ? { uri: file } : file;
    const isNewFile = !seenUris.has(uriKey(uri));
    const original = isNewFile ? await readImageToSend(uri, label) : undefined;
    const key = original && hash(original);
    const isNew = key !== undefined && !seenOriginals.has(key);
    seenUris.add(uriKey(uri));
    if (original === undefined || !isNew) {
      duplicates.push(label);
      continue;
    }
    seenOriginals.add(key);
    add(await prepareImage({ uri, label }, original, imaging, model.references));
  }
  return { loaded, duplicates };
}

/** Reads files and collects them; throws as `loadDistinctReferences` does. */
export async function loadReferences(
  files: readonly (Uri | ReferenceFile | LoadedReference)[],
  imaging: Imaging,
  model: Model,
): Promise<LoadedReferences> {
  const { loaded, duplicates } = await loadDistinctReferences(files, imaging, model);
  return gatherReferences(loaded, model, duplicates);
}

/** Warns of more references than the model certainly accepts; empty if there are not too many. */
const countWarnings = (count: number, { name, references: { guaranteed } }: Model): readonly string[] =>
  count > guaranteed
    ? [
        l10n.t(
          "The service does not say how many reference images {0} accepts: more than {1} may be refused.",
          name,
          guaranteed,
        ),
      ]
    : [];

/** One line about the images that will be sent, with a warning if the model is given. */
export function describeReferences({ references, notes }: LoadedReferences, model?: Model): string {
  if (references.length === 0) {
    return "";
  }
  const files = references.filter(({ file }) => file !== undefined);
  const remote = references.filter(({ file }) => file === undefined);
  const megabytes = files.reduce((sum, { file }) => sum + (file?.bytes ?? 0), 0) / 1e6;
  const named = (some: readonly LoadedReference[]) =>
    some.length === 1 ? (some[0]?.label ?? "") : l10n.t("{0} reference images", some.length);
  const size = megabytes.toFixed(megabytes < 0.095 ? 2 : 1);
  return [
    ...(files.length > 0 ? [l10n.t("Sends {0}: {1} MB, without metadata.", named(files), size)] : []),
    ...(remote.length > 0 ? [l10n.t("The service downloads {0} itself.", named(remote))] : []),
    ...notes,
    ...(model === undefined ? [] : countWarnings(references.length, model)),
  ].join(" ");
}
