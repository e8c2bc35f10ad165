import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import type { Job, Picture } from "../jobs/job.ts";
import type { Journal } from "../journal/journal.ts";
import { findModel } from "../models/findModel.ts";
import { type Family, type OutputFormat, outputFormats } from "../models/model.ts";
import { findSize } from "../models/size.ts";
import { extensionByFormat, formatOfName, knownFormat } from "../pictures/pictureFormat.ts";
import type { Ports } from "../ports.ts";
import type { Target } from "../request/request.ts";
import { serviceName } from "../service/serviceName.ts";
import { aspectRatioName, candidateFileNames, fixedName, type PlaceholderValues, portableName } from "./naming.ts";
import { fileUriIn } from "./uri.ts";

/** Maximum number of names to try before an error. No folder needs more. */
const maxNameAttempts = 10_000;

/** The first free name of a template, for the preview before a purchase. */
export async function firstFreeName(
  ports: Pick<Ports, "files">,
  target: Target,
  values: PlaceholderValues,
  extension: string,
): Promise<string> {
  let fileName = "";
  let attempts = 0;
  for (const name of candidateFileNames(target.name, values)) {
    fileName = `${name}.${extension}`;
    if (++attempts >= maxNameAttempts || (await ports.files.size(fileUriIn(target.folder, fileName))) === undefined) {
      break;
    }
  }
  return fileName;
}

/**
 * Creates the file under the first free name. It does not check first and write later, because
 * another program could take the name in between.
 *
 * @param draft URI of the only file that may be replaced, if it is a draft image.
 */
async function createUnderFreeName(
  ports: Ports,
  target: Target,
  values: PlaceholderValues,
  extension: string,
  vaultFile: string,
  draft?: string,
): Promise<string> {
  let attempts = 0;
  for (const name of candidateFileNames(target.name, values)) {
    const uri = fileUriIn(target.folder, `${name}.${extension}`);
    // The name may be taken by this very picture: an earlier process or another window saved it.
    if (
      (await ports.files.create(uri, vaultFile)) ||
      (await ports.files.hasContentOf(uri, vaultFile)) ||
      (uri === draft && (await ports.files.replaceDraft(uri, vaultFile)))
    ) {
      return uri;
    }
    if (++attempts >= maxNameAttempts) {
      break;
    }
  }
  throw new LimnError(
    "files",
    l10n.t("All names like “{0}” are taken. Choose another name; the picture is safe in Limn's vault.", target.name),
  );
}

/** The values for the name of a picture's file. */
function placeholderValuesOf(family: Family, job: Job, { id, ...picture }: Picture): PlaceholderValues {
  const { shape } = job.request;
  // A file in a format that Limn cannot show has no known pixels: then the requested ones count.
  const requested = typeof shape === "object" && "width" in shape ? shape : { width: 1, height: 1 };
  const { width = requested.width, height = requested.height } = picture;
  const model = findModel(family, job.model);
  const size = (model && findSize(model, { width, height })) ?? { width, height };
  return { prompt: job.request.prompt, date: job.createdAt, size, ratio: aspectRatioName(size), uuid: id };
}

/** The extension of a picture of this format: the spelling of the target, if it is one of it. */
export const extensionOf = (format: OutputFormat, { extension = "" }: Pick<Target, "extension">): string =>
  formatOfName(`.${extension}`) === format ? extension : extensionByFormat[format];

/**
 * URI of the file that a job saves its first picture as, if that name is free; `undefined` if the
 * name depends on the picture.
 */
export function expectedFile({
  target,
  request,
}: Pick<Job, "target"> & { readonly request: { readonly format: string } }): string | undefined {
  const format = knownFormat(request.format);
  const fixed = fixedName(target.name);
  if (format === undefined || fixed === undefined) {
    return undefined;
  }
  const name = fixed.split("/").map(portableName).join("/");
  return fileUriIn(target.folder, `${name}.${extensionOf(format, target)}`);
}

/** URI of the file that a picture would be kept as, if only the names in `taken` are not free. */
export function proposedFile(family: Family, job: Job, picture: Picture, taken: ReadonlySet<string>): string {
  const extension = extensionOf(knownFormat(picture.format ?? job.request.format) ?? outputFormats[0], job.target);
  const names = candidateFileNames(job.target.name, placeholderValuesOf(family, job, picture));
  for (;;) {
    const uri = fileUriIn(job.target.folder, `${names.next().value}.${extension}`);
    if (!taken.has(uri)) {
      return uri;
    }
  }
}

/**
 * Copies a picture from the vault to its target, under a free name. A second call returns the same
 * file.
 *
 * @returns the URI of the file.
 * @throws LimnError of kind `files` if the picture is not in the vault or no name is free; also
 * what the files port throws.
 */
export async function copyFromVault(
  ports: Ports,
  family: Family,
  job: Job,
  picture: Picture,
  target: Target = job.target,
): Promise<string> {
  const { file, format, otherFormat } = picture;
  if (file === undefined || (format ?? otherFormat) === undefined || !(await ports.vault.has(file))) {
    throw new LimnError(
      "files",
      l10n.t(
        "The picture is not in Limn's vault any more. Use “Check Again” while {0} still has it.",
        serviceName(job),
      ),
    );
  }
  // A file in a format that Limn cannot show already has its true extension in the vault.
  const known = format === undefined ? undefined : knownFormat(format);
  const extension = known === undefined ? file.slice(file.lastIndexOf(".") + 1) : extensionOf(known, target);
  // The draft of this request only: a file of another name or format may be the draft of another.
  const draft = target.replacesDraft === true ? expectedFile({ target, request: job.request }) : undefined;
  return createUnderFreeName(ports, target, placeholderValuesOf(family, job, picture), extension, file, draft);
}

/**
 * URIs of the folders for a job's pictures. If its name template has folders, each picture may have
 * its own.
 */
export const targetFolders = (family: Family, job: Job): readonly string[] =>
  job.target.name.includes("/")
    ? job.pictures.map((picture) => {
        const { value } = candidateFileNames(job.target.name, placeholderValuesOf(family, job, picture)).next();
        return fileUriIn(job.target.folder, value.slice(0, value.lastIndexOf("/")));
      })
    : [job.target.folder];

/**
 * Records in the job where and when pictures were kept. `files` has the files' URIs by picture id.
 */
export const recordKept = (
  journal: Journal,
  id: string,
  files: ReadonlyMap<string, string>,
  keptAt: number,
): Promise<Job> =>
  journal.update(id, (job) =>
    // A receipt has no names.
    job.forgotten === true
      ? job
      : {
          ...job,
          pictures: job.pictures.map((picture) => {
            const uri = files.get(picture.id);
            return uri === undefined ? picture : { ...picture, keptAt, kept: [...new Set([...picture.kept, uri])] };
          }),
        },
  );
