import { l10n, Uri } from "vscode";
import { expectedFile } from "../../core/files/keep.ts";
import { isUnfinished, type Job } from "../../core/jobs/job.ts";
import type { Request } from "../../core/request/request.ts";
import type { Services } from "../services.ts";
import { realFileKey } from "../workspace/realFileKey.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/**
 * The jobs that are making files, in this window or another, or have made them and could not
 * download or save them yet, by the keys of the files. A job of unknown outcome may have been
 * bought.
 */
async function jobsByFile({ jobs }: Pick<Services, "jobs">): Promise<ReadonlyMap<string, readonly Job[]>> {
  await jobs.journal.reload();
  const making = jobs.journal.list().flatMap((job) => {
    const uri = isUnfinished(job) ? expectedFile(job) : undefined;
    return uri === undefined ? [] : [{ job, uri }];
  });
  const keyed = await Promise.all(
    making.map(async ({ job, uri }) => ({ job, key: await realFileKey(Uri.parse(uri)) })),
  );
  const groups = Map.groupBy(keyed, ({ key }) => key);
  return new Map([...groups].map(([key, group]) => [key, group.map(({ job }) => job)]));
}

/**
 * The items whose files no job makes or has made, and the number of other files. Each file counts
 * once, also if links lead to it by several paths.
 */
export async function itemsToMake<Item>(
  services: Pick<Services, "jobs">,
  items: readonly Item[],
  fileOf: (item: Item) => Uri,
) {
  const beingMade = await jobsByFile(services);
  const keys = await Promise.all(items.map((item) => realFileKey(fileOf(item))));
  const toMake = items.filter((_, index) => {
    const key = keys[index] ?? "";
    return !beingMade.has(key) && keys.indexOf(key) === index;
  });
  return { items: toMake, making: new Set(keys).size - toMake.length };
}

/** Something that is bought, and the file that its picture is saved as. */
export interface ItemToMake {
  readonly file: Uri;
  /**
   * The request to a tool, whose result nothing else can replace; absent if any picture at the file
   * will do.
   */
  readonly toolRequest?: Pick<Request, "tool" | "references">;
}

/** Why the file of an item is not to be written any more; `undefined` if it is. */
export type ReasonNotToMake<Item extends ItemToMake> = (item: Item) => Promise<string | undefined>;

/** Items that are still needed. */
export interface NeededItems<Item extends ItemToMake> {
  readonly needed: readonly Item[];
  /** Why others are not. */
  readonly notes: readonly string[];
}

/** A key of the file that a tool changes; `undefined` if it is not known. */
async function sourceKey([reference]: readonly { readonly source?: string | undefined }[]): Promise<
  string | undefined
> {
  return reference?.source === undefined ? undefined : realFileKey(Uri.parse(reference.source));
}

/**
 * Whether the picture of a job will do for an item: results of different sources or tools may have
 * the same name.
 */
async function willDo({ request }: Pick<Job, "request">, { toolRequest }: ItemToMake): Promise<boolean> {
  const { tool } = request;
  return (
    toolRequest === undefined ||
    (tool?.id === toolRequest.tool?.id &&
      tool?.factor === toolRequest.tool?.factor &&
      (await sourceKey(request.references)) === (await sourceKey(toolRequest.references)))
  );
}

/** Says why the picture of an item is not bought. */
export const beingMadeNote = ({ file }: ItemToMake): string =>
  l10n.t(
    "{0} was not made again, because it is being made, or made and not saved yet: see “Limn: Show Unfinished Jobs”.",
    shownPath(file),
  );

/**
 * The items whose pictures are still needed, and sentences on the others: a question may have been
 * open for hours.
 *
 * @param isRival whether a job that makes the file of an item counts; by default all do.
 */
export async function neededItems<Item extends ItemToMake>(
  services: Pick<Services, "jobs">,
  items: readonly Item[],
  reasonNotToMake: ReasonNotToMake<Item>,
  isRival: (job: Job, item: Item) => boolean = () => true,
): Promise<NeededItems<Item>> {
  // Jobs first: one that ends now has saved its file then.
  const beingMade = await jobsByFile(services);
  const reasonOf = async (item: Item) => {
    const rivals = beingMade.get(await realFileKey(item.file))?.filter((job) => isRival(job, item)) ?? [];
    const areUsable = await Promise.all(rivals.map((job) => willDo(job, item)));
    return areUsable.includes(true) ? beingMadeNote(item) : reasonNotToMake(item);
  };
  const reasons = await Promise.all(items.map(reasonOf));
  return {
    needed: items.filter((_, index) => reasons[index] === undefined),
    notes: reasons.flatMap((reason) => reason ?? []),
  };
}
