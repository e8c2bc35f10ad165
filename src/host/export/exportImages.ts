// Entry of dist/export.js, which the first export loads.
import "../ui/l10nBundle.ts";
import { l10n, Uri, workspace } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { missingPixels, planExport } from "../../core/targets/exportPlan.ts";
import { type ExportTarget, namesItsSource } from "../../core/targets/target.ts";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import type { Services } from "../services.ts";
import { offeredTargets } from "../targets/offeredTargets.ts";
import { projectTargets } from "../targets/projectTargets.ts";
import { notifyWarning } from "../ui/notify.ts";
import { askImages } from "../workspace/chooseImages.ts";
import { rootOf, shownPath } from "../workspace/workspaceFolders.ts";
import { askFolder, type ExportFolder } from "./askFolder.ts";
import { askTarget } from "./askTarget.ts";
import { type PictureServices, withChosenFocus } from "./chosenFocus.ts";
import type { ExportCrop } from "./exportCrop.ts";
import { type ExportedImage, nameWithoutExtension, readImageBytes, readImages } from "./readImages.ts";
import { type ExportedCode, showExported } from "./showExported.ts";
import { transparentImage } from "./transparentImage.ts";
import { type ExportServices, type FileToWrite, type Written, type WrittenFile, writeFiles } from "./writeFiles.ts";

/** The name of the project around a file, for the web app manifest. */
async function projectName(uri: Uri): Promise<string> {
  const root = rootOf(uri);
  const { siteAround } = await import("../sites/siteRules.ts");
  const site = root && (await siteAround(uri, root.uri));
  return (site?.root ?? root?.uri.path)?.split("/").at(-1) ?? "App";
}

/** The files of a target, in the order of writing. Throws if a picture is too small. */
function filesOf(
  target: ExportTarget,
  source: ExportedImage,
  appName: string,
  readSource: (uri: Uri) => Promise<Uint8Array>,
): readonly FileToWrite[] {
  const plan = planExport(target, source, appName);
  const missing = missingPixels(target, plan);
  const { uri, pixels } = source;
  if (missing !== undefined) {
    const { width, height } = pixels;
    throw new LimnError(
      "files",
      l10n.t(
        "{0} has {1} × {2} pixels, and {3} needs {4} × {5}. Limn never enlarges a picture. Choose a larger one.",
        ...[shownPath(uri), width, height, target.name, missing.width, missing.height],
      ),
    );
  }
  const read = () => readSource(uri);
  return [
    ...plan.pictures.map(({ path, picture }) => ({ kind: "picture" as const, path, read, picture })),
    ...(plan.icon === undefined ? [] : [{ kind: "icon" as const, read, ...plan.icon }]),
    ...plan.texts.map((text) => ({ kind: "text" as const, ...text })),
  ];
}

/**
 * Returns a function that reads images. It holds the bytes of the last one only: all of them could
 * fill the memory, and the files of one image follow one another.
 */
function createSourceReader(): (uri: Uri) => Promise<Uint8Array> {
  let last: { readonly uri: Uri; readonly bytes: Promise<Uint8Array> } | undefined;
  return (uri) => {
    if (last?.uri !== uri) {
      last = { uri, bytes: readImageBytes(uri) };
    }
    return last.bytes;
  };
}

/** An image, and the files that are made of it. */
interface PlannedImage {
  readonly uri: Uri;
  readonly files: readonly FileToWrite[];
}

/**
 * Throws if a file would replace an image that other files are made of too. The only file of an
 * image may replace it, after the question that lists what is replaced, unless `keepsSources`.
 */
function checkSources(folder: Uri, planned: readonly PlannedImage[], keepsSources: boolean): void {
  // On some systems names that differ in case are one file.
  const keyOf = (uri: Uri) => uri.toString().toLowerCase();
  const sources = new Set(planned.map(({ uri }) => keyOf(uri)));
  for (const { uri: source, files } of planned) {
    const replaced = files.map(({ path }) => Uri.joinPath(folder, path)).find((uri) => sources.has(keyOf(uri)));
    if (replaced !== undefined && (keepsSources || files.length > 1 || keyOf(replaced) !== keyOf(source))) {
      throw new LimnError(
        "files",
        l10n.t(
          "{0} would replace an image that others are made of, so nothing was exported. Export into another folder, or rename the image.",
          shownPath(replaced),
        ),
      );
    }
  }
}

/** The services that exports need. */
export interface ImageServices extends ExportServices, PictureServices, Pick<Services, "dist" | "ports"> {}

/** The name of an image without its theme: a light and a dark one are shown by one link. */
const subjectOf = ({ name }: ExportedImage): string => name.replace(/[-_.](?:dark|light)$/i, "");

/**
 * The link to all files of one image, or of a light and a dark one; `undefined` for others, and if
 * it cannot be made: the files are written, and the user needs to see them with Undo.
 */
async function linkToSet(
  services: ImageServices,
  sources: readonly ExportedImage[],
  files: readonly WrittenFile[],
  place: Uri | undefined,
): Promise<ExportedCode | undefined> {
  const isSet = files.length > 1 && new Set(sources.map(subjectOf)).size === 1;
  if (!isSet || place === undefined) return undefined;
  try {
    const { exportedLink } = await import("./exportedLink.ts");
    return await exportedLink(services, files, place);
  } catch (error) {
    services.ports.log.warn(`No link could be created for exported files: ${String(error)}`);
    return undefined;
  }
}

/** What an export has written, and code that uses it. */
interface Exported {
  readonly written: Written;
  readonly code: ExportedCode | undefined;
}

/**
 * Writes the files of a target into the folder that `ask` returns. `places`: the images' own files,
 * which are in the project. `ask` may move the crop.
 */
async function exportTo(
  services: ImageServices,
  images: readonly ExportedImage[],
  target: ExportTarget,
  places: readonly Uri[],
  ask: (crop: ExportCrop | undefined) => Promise<ExportFolder>,
  keepsSources = false,
): Promise<Exported> {
  const [first] = places;
  const appName = first === undefined ? "" : await projectName(first);
  const readSource = createSourceReader();
  const sources = await Promise.all(images.map((image) => withChosenFocus(services, image)));
  const plan = (image: ExportedImage): PlannedImage => ({
    uri: image.uri,
    files: filesOf(target, image, appName, readSource),
  });
  // Before the user is asked, since it fails if an image is too small.
  const plans = sources.map(plan);
  const [only, ...others] = sources;
  const isOne = only !== undefined && others.length === 0;
  const crop = isOne ? (await import("./exportCrop.ts")).cropOf(services, target, only) : undefined;
  const { folder, isSiteRoot } = await ask(crop);
  const planned = crop === undefined ? plans : [plan(crop.image())];
  checkSources(folder, planned, keepsSources);
  const written = await writeFiles(
    services,
    folder,
    planned.flatMap(({ files }) => files),
  );
  // The lines name paths from the root of the site.
  const lines = isSiteRoot ? target.htmlLines : undefined;
  const code =
    lines === undefined
      ? await linkToSet(services, sources, written.files, first)
      : { label: l10n.t("Copy HTML"), text: lines.join("\n") };
  return { code, written };
}

/**
 * Writes the files of the target that image files of one folder were made for, into their folder;
 * asks for another one only if the files belong into the root of a site. Shows a warning if the
 * target is not offered any more. Rejects as `exportImages` does.
 *
 * @param keepsSources whether no file may replace an image that it is made of.
 */
export async function writeFor(
  services: ImageServices,
  uris: readonly Uri[],
  targetId: string,
  keepsSources = false,
): Promise<Exported | undefined> {
  const [first] = uris;
  if (first === undefined) {
    return undefined;
  }
  const target = (await offeredTargets(services, first)).find(({ id }) => id === targetId);
  if (target === undefined) {
    const sentence = l10n.t(
      "{0} was made for a target that is not offered any more, so no other file was written. Use Export For… to choose another one.",
      shownPath(first),
    );
    services.log.info(sentence);
    void notifyWarning(sentence);
    return undefined;
  }
  if (uris.length > 1 && !namesItsSource(target)) {
    throw new LimnError(
      "files",
      l10n.t(
        "{0} is made of one picture, and you kept {1}. Use Export For… on the file of the one that you choose.",
        ...[target.name, uris.length],
      ),
    );
  }
  const beside = { folder: Uri.joinPath(first, ".."), isSiteRoot: false };
  const ask = async () => (target.isForSiteRoot === true ? askFolder(target, uris) : beside);
  return exportTo(services, await readImages(services, uris), target, uris, ask, keepsSources);
}

/** Does what `writeFor` does, and shows the files with Undo. */
export async function exportFor(services: ImageServices, uris: readonly Uri[], targetId: string): Promise<void> {
  const exported = await writeFor(services, uris, targetId);
  if (exported !== undefined) {
    showExported(services, exported.code, exported.written);
  }
}

/** Asks for target and folder, then exports. */
async function askAndExport(
  services: ImageServices,
  images: readonly ExportedImage[],
  places: readonly Uri[],
): Promise<void> {
  const folders = new Set(places.flatMap((uri) => workspace.getWorkspaceFolder(uri) ?? []));
  const target = await askTarget(images, await projectTargets(services, [...folders]));
  const [image, ...others] = images;
  const isOne = image !== undefined && others.length === 0;
  const isPossible = isOne && missingPixels(target, planExport(target, image, "")) === undefined;
  const sources = isPossible ? [await transparentImage(services, image, target)] : images;
  const { code, written } = await exportTo(services, sources, target, places, (crop) =>
    askFolder(target, places, crop),
  );
  showExported(services, code, written);
}

/** A picture to export, and the file that it is kept as, or would be. */
export interface PictureToExport {
  readonly uri: Uri;
  readonly place: Uri;
}

/**
 * Exports pictures, which need not be kept: their files are named by their places. Rejects as
 * `exportImages` does.
 */
export async function exportPictures(services: ImageServices, pictures: readonly PictureToExport[]): Promise<void> {
  const places = pictures.map(({ place }) => place);
  const read = await readImages(
    services,
    pictures.map(({ uri }) => uri),
  );
  const images = read.map((image, index) => ({ ...image, name: nameWithoutExtension(places[index] ?? image.uri) }));
  await askAndExport(services, images, places);
}

/**
 * Exports image files for a target that the user chooses, without a key and without a network. With
 * several files, all are made for the same target. Rejects with kind `stopped` if the user cancels,
 * and with a `LimnError` if nothing was written.
 *
 * @param clicked the file whose menu was used, and `selected` all that are selected; by default the
 * open image, or one that the user chooses.
 */
export async function exportImages(services: ImageServices, clicked?: unknown, selected?: unknown): Promise<void> {
  const fromMenu = urisFromArguments(clicked, selected);
  const uris = fromMenu.length > 0 ? fromMenu : await askImages(l10n.t("Export an Image"), l10n.t("Export"));
  await askAndExport(services, await readImages(services, uris), uris);
}
