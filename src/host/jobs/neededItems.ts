import { l10n, Uri } from "vscode";
import { expectedFile } from "../../core/files/keep.ts";
import { isUnfinished } from "../../core/jobs/job.ts";
import type { Services } from "../services.ts";
import { realFileKey } from "../workspace/realFileKey.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";

/**
 * Keys of the files that jobs are making, in this window or another, or have made and could not
 * download or save yet. A job of unknown outcome may have been bought.
 */
async function filesBeingMade({ jobs }: Pick<Services, "jobs">): Promise<ReadonlySet<string>> {
  await jobs.journal.reload();
  const files = jobs.journal.list().flatMap((job) => (isUnfinished(job) ? (expectedFile(job) ?? []) : []));
  return new Set(await Promise.all(files.map((uri) => realFileKey(Uri.parse(uri)))));
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
  const beingMade = await filesBeingMade(services);
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
}

/** Why the file of an item is not to be written any more; `undefined` if it is. */
export type ReasonNotToMake<Item extends ItemToMake> = (item: Item) => Promise<string | undefined>;

/** Items that are still needed. */
export interface NeededItems<Item extends ItemToMake> {
  readonly needed: readonly Item[];
  /** Why others are not. */
  readonly notes: readonly string[];
}

/**
 * The items whose pictures are still needed, and sentences on the others: a question may have been
 * open for hours.
 */
export async function neededItems<Item extends ItemToMake>(
  services: Pick<Services, "jobs">,
  items: readonly Item[],
  reasonNotToMake: ReasonNotToMake<Item>,
): Promise<NeededItems<Item>> {
  // Jobs first: one that ends now has saved its file then.
  const beingMade = await filesBeingMade(services);
  const reasonOf = async (item: Item) =>
    beingMade.has(await realFileKey(item.file))
      ? l10n.t(
          "{0} was not made again, because it is being made, or made and not saved yet: see “Limn: Show Unfinished Jobs”.",
          shownPath(item.file),
        )
      : reasonNotToMake(item);
  const reasons = await Promise.all(items.map(reasonOf));
  return {
    needed: items.filter((_, index) => reasons[index] === undefined),
    notes: reasons.flatMap((reason) => reason ?? []),
  };
}
