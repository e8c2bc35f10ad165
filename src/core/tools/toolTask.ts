import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import type { DeliveryMethod } from "../models/model.ts";
import { formatSize, type Pixels } from "../models/size.ts";
import { maxImageFileBytes } from "../pictures/imageFileLimit.ts";
import type { Request } from "../request/request.ts";
import type { ToolId, ToolUse } from "./tool.ts";
import { toolOf } from "./tools.ts";
import { toolTaskFields } from "./toolTaskFields.ts";

/** A task of a tool in the API's own fields. */
export interface ToolTask extends ReturnType<typeof toolTaskFields> {
  readonly taskType: ToolId;
  readonly deliveryMethod: DeliveryMethod;
}

/** Pixels of the result for a source of these pixels. */
export const resultPixels = ({ width, height }: Pixels, { factor = 1 }: Pick<ToolUse, "factor">): Pixels => ({
  width: width * factor,
  height: height * factor,
});

/** Bytes of one pixel, uncompressed with alpha: a PNG of noise is about as large. */
const pixelBytes = 4;

/** Pixels of the largest result: each of them can be downloaded and opened. */
const resultPixelLimit = maxImageFileBytes / pixelBytes;

/** Pixels of the longest side of a WebP picture. Source: WebP container specification. */
const sideLimit = 16_383;

/** Why a tool should not make a result of these pixels; `undefined` if it can. */
export const resultProblem = ({ width, height }: Pixels): string | undefined =>
  width * height <= resultPixelLimit && Math.max(width, height) <= sideLimit
    ? undefined
    : l10n.t(
        "The result would have {0} pixels; at most {1} megapixels and {2} pixels a side are possible. Choose a smaller factor or picture.",
        ...[formatSize({ width, height }), resultPixelLimit / 1_000_000, sideLimit],
      );

/**
 * The request to a tool as a task. Throws a `LimnError` of kind `input` if the tool cannot do it:
 * nothing is sent that would be paid for and could not be used.
 */
export function toToolTask(request: Request, use: ToolUse, taskUUID: string): ToolTask {
  const { factors, formats, name } = toolOf(use.id);
  const { references, format, shape, count, deliveryMethod } = request;
  const isPossible =
    references.length === 1 &&
    count === 1 &&
    formats.includes(format) &&
    (factors.length === 0 ? use.factor === undefined : factors.includes(use.factor ?? 0));
  const sizeProblem = typeof shape === "object" && "width" in shape ? resultProblem(shape) : undefined;
  if (!isPossible || sizeProblem !== undefined) {
    throw new LimnError("input", sizeProblem ?? l10n.t("{0} is not possible for this request.", name()));
  }
  return { ...toolTaskFields(request, use, taskUUID), taskType: use.id, deliveryMethod };
}
