import { LimnError } from "./errors.ts";
import type { Job, Picture } from "./job.ts";
import type { Journal } from "./journal.ts";
import type { Model } from "./model.ts";
import { fileNames, type NameParts, ratioOf } from "./naming.ts";
import { extensionOf } from "./picture.ts";
import type { Ports } from "./ports.ts";
import type { Target } from "./request.ts";
import { sizeOf } from "./size.ts";
import { fileIn } from "./uri.ts";

/** Most names that are tried before it is said that something is wrong: a folder has no need of so many. */
const triesLimit = 10_000;

/** The first name a template gives that is free now: what a person is shown before anything is bought. */
export async function freeName(
  ports: Pick<Ports, "files">,
  target: Target,
  parts: NameParts,
  extension: string,
): Promise<string> {
  let full = "";
  let tries = 0;
  for (const name of fileNames(target.name, parts)) {
    full = `${name}.${extension}`;
    if (++tries >= triesLimit || (await ports.files.size(fileIn(target.folder, full))) === undefined) {
      break;
    }
  }
  return full;
}

/** Creates the file under the first free name; no name is checked first and written later, so that nobody can come between. */
async function createUnderFreeName(
  ports: Ports,
  target: Target,
  parts: NameParts,
  extension: string,
  file: string,
): Promise<string> {
  let tries = 0;
  for (const name of fileNames(target.name, parts)) {
    const uri = fileIn(target.folder, `${name}.${extension}`);
    // A name that is taken by this very picture: an earlier life of this job, or another window, saved it.
    if ((await ports.files.create(uri, file)) || (await ports.files.holds(uri, file))) {
      return uri;
    }
    if (++tries >= triesLimit) {
      break;
    }
  }
  throw new LimnError(
    "files",
    `All names like “${target.name}” are taken. Choose another name; the picture is safe in Limn's vault.`,
  );
}

/** What the name of a picture's file is made of. */
function partsOf(model: Model, job: Job, { id, ...picture }: Picture): NameParts {
  const { shape } = job.request;
  // A file in a format that Limn cannot show tells no pixels: then those that were asked for count.
  const asked = typeof shape === "object" && "width" in shape ? shape : { width: 1, height: 1 };
  const { width = asked.width, height = asked.height } = picture;
  const size = sizeOf(model, { width, height }) ?? { width, height };
  return { prompt: job.request.prompt, date: job.createdAt, size, ratio: ratioOf(size), uuid: id };
}

/**
 * Copies a picture of the vault to where it should go, under a name that is free. Doing it twice gives the same file.
 *
 * @returns the URI of the file.
 * @throws LimnError of kind `files` where the picture is not in the vault or no name is free; what the files port throws.
 */
export async function copyOut(
  ports: Ports,
  model: Model,
  job: Job,
  picture: Picture,
  target: Target = job.target,
): Promise<string> {
  const { file, format, otherFormat } = picture;
  if (file === undefined || (format ?? otherFormat) === undefined || !(await ports.vault.has(file))) {
    throw new LimnError(
      "files",
      "The picture is not in Limn's vault any more. Use “Check Again” while Runware still has it.",
    );
  }
  // A file in a format that Limn cannot show has its true extension in the vault already.
  const extension = format === undefined ? file.slice(file.lastIndexOf(".") + 1) : extensionOf[format];
  return createUnderFreeName(ports, target, partsOf(model, job, picture), extension, file);
}

/** URIs of the folders that a job's pictures are for: where its name template has folders, each picture may have one of its own. */
export const targetFolders = (model: Model, job: Job): readonly string[] =>
  job.target.name.includes("/")
    ? job.pictures.map((picture) => {
        const { value } = fileNames(job.target.name, partsOf(model, job, picture)).next();
        return fileIn(job.target.folder, value.slice(0, value.lastIndexOf("/")));
      })
    : [job.target.folder];

/** Notes in the job where pictures were kept and when: URIs of the files, by the picture's id. */
export const noteKept = (
  journal: Journal,
  id: string,
  files: ReadonlyMap<string, string>,
  keptAt: number,
): Promise<Job> =>
  journal.update(id, (job) => ({
    ...job,
    pictures: job.pictures.map((picture) => {
      const uri = files.get(picture.id);
      return uri === undefined ? picture : { ...picture, keptAt, kept: [...new Set([...picture.kept, uri])] };
    }),
  }));
