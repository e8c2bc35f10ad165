import { l10n } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import { altText } from "../../core/links/altText.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import type { CropsById, JobView, PictureView, TableJob, TablePicture } from "../../protocol.ts";
import { promptExcerpt } from "../ui/promptExcerpt.ts";

/** A picture that is shown, and its place among the pictures of its job. */
interface PlacedPicture {
  readonly view: PictureView;
  readonly isDiscarded: boolean;
  /** From 1. */
  readonly number: number;
}

/** The stored pictures of a job in their order, and how many there will be. */
export interface TablePictures {
  readonly placed: readonly PlacedPicture[];
  readonly total: number;
}

const isStored = ({ width, otherFormat }: PictureView): boolean => (width ?? otherFormat) !== undefined;

/** The stored pictures of a job, in its order, so that a discarded one keeps its place. */
export function tablePictures(job: Job, { state, pictures, discarded = [] }: JobView): TablePictures {
  const isDiscarded = new Map([
    ...pictures.filter(isStored).map((view) => [view, false] as const),
    ...discarded.filter(isStored).map((view) => [view, true] as const),
  ]);
  const views = job.pictures.flatMap(({ id }) => [...isDiscarded.keys()].find((view) => view.id === id) ?? []);
  return {
    placed: views.map((view, index) => ({ view, isDiscarded: isDiscarded.get(view) === true, number: index + 1 })),
    total: state === "sending" || state === "running" ? Math.max(views.length, job.request.count) : views.length,
  };
}

const placeText = (text: string, number: number, total: number): string =>
  total === 1 ? text : l10n.t("{0}, {1} of {2}", text, number, total);

/** Title of a tab that shows the picture. */
export function tabTitle(job: Job, { placed, total }: TablePictures, picture: string): string {
  const { number = 1 } = placed.find(({ view }) => view.id === picture) ?? {};
  return placeText(promptExcerpt(job.request.prompt), number, total);
}

/** Says where the undecided pictures are; `undefined` if there are none. */
export function undecidedText({ placed }: TablePictures): string | undefined {
  const { length } = placed.filter(({ view, isDiscarded }) => !isDiscarded && view.kept.length === 0);
  if (length === 0) {
    return undefined;
  }
  return length === 1
    ? l10n.t("1 picture is not decided. It stays in the Limn panel.")
    : l10n.t("{0} pictures are not decided. They stay in the Limn panel.", length);
}

/**
 * What the page shows of a job. `linkTo` returns the link to a picture that Limn can show, `crops`
 * has how pictures are cropped.
 */
export function tableJob(
  job: Job,
  { hasReferenceFile }: JobView,
  { placed, total }: TablePictures,
  linkTo: (picture: string) => string,
  crops: CropsById,
): Omit<TableJob, "shown" | "showNumber" | "thumbnails"> {
  const text = escapeBidiControls(altText(job.request.prompt));
  const pictures = placed.map(({ view, isDiscarded, number }): TablePicture => {
    const label = placeText(text, number, total);
    const crop = crops[view.id];
    return {
      ...{ ...view, label, isDiscarded },
      ...(view.otherFormat === undefined ? { link: linkTo(view.id) } : {}),
      ...(crop === undefined ? {} : { crop }),
    };
  });
  return { id: job.taskUUID, pictures, pending: total - placed.length, hasReferenceFile };
}
