import { Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import type { Model, OutputFormat } from "../../core/models/model.ts";
import type { Pixels } from "../../core/models/size.ts";
import { estimateCost } from "../../core/money/price.ts";
import { sumUsd } from "../../core/money/usd.ts";
import type { JobRequest, Reference, Target } from "../../core/request/request.ts";
import { sentPrompt } from "../../core/request/sentPrompt.ts";
import type { LoadedReference, ReferenceFile } from "../request/references.ts";
import { requestOptions } from "../request/requestDefaults.ts";
import type { RowTarget } from "../targets/rowTarget.ts";

/** A missing image or a draft in the list: what is bought, and where it is saved. */
export interface ImageRow {
  readonly file: Uri;
  /** Path of the first document that links to it; absent for a draft. */
  readonly linkedIn?: string;
  readonly target: Target;
  readonly format: OutputFormat;
  readonly model: Model;
  readonly prompt: string;
  readonly size: Pixels;
  /** The reference images that a draft has kept, in sending order; absent if there are none. */
  readonly references?: readonly (ReferenceFile | LoadedReference)[];
  /** What a draft has kept of its target; absent if it has none. */
  readonly forTarget?: RowTarget;
}

/** The prompt of a row as it is sent. */
export const sentPromptOf = ({ prompt, forTarget, size }: ImageRow): string =>
  sentPrompt({ prompt, promptHint: forTarget?.hintFor(size) });

/** The rows that can be made, and why others cannot. */
export async function collectRows<Item>(items: readonly Item[], toRow: (item: Item) => Promise<ImageRow>) {
  const rows: ImageRow[] = [];
  const problems: LimnError[] = [];
  for (const item of items) {
    try {
      rows.push(await toRow(item));
    } catch (error) {
      if (!(error instanceof LimnError)) {
        throw error;
      }
      problems.push(error);
    }
  }
  return { rows, problems };
}

/** USD that the rows are expected to cost. */
export const estimateOfRows = (rows: readonly ImageRow[]): number =>
  sumUsd(rows.map(({ model, size }) => estimateCost(model, size, 1)));

/** The request that makes the image of a row with these references. */
export const jobRequestOfRow = (
  { target, format, model, prompt, size, forTarget }: ImageRow,
  references: readonly Reference[],
): JobRequest => ({
  request: {
    ...requestOptions(Uri.parse(target.folder), { format }),
    model: model.id,
    prompt,
    exportTarget: forTarget?.offeredId,
    promptHint: forTarget?.hintFor(size),
    references,
    shape: size,
    count: 1,
  },
  target,
});
