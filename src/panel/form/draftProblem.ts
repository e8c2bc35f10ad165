import { cleanPrompt } from "../../core/text/promptText.ts";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { countCharacters } from "./characters.ts";
import type { Shape } from "./fields/shape.ts";
import { estimate, overBudgetText } from "./money.ts";

/** Why a draft cannot be sent as it is, and the field to change. */
export interface DraftProblem {
  readonly field: string;
  readonly reason: string;
}

const isWithin = (value: number, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  value >= min && value <= max;

/**
 * The first thing in the way; `undefined` where there is none. The host checks again, with all
 * rules.
 */
export function findDraftProblem(
  { model, engine, draft: draftView }: Snapshot,
  draft: DraftFields,
  shape: Shape | undefined,
): DraftProblem | undefined {
  const { prompt = "", count = 1, quality = draftView.defaults.quality, ttl, path } = draft;
  const excessCharacters = countCharacters(prompt) - model.promptLimit;
  const { target } = draftView;
  const overBudget = shape === undefined ? undefined : overBudgetText(engine, estimate(model, shape, count));
  const rules: readonly (readonly [wrong: boolean, field: string, reason: string])[] = [
    [cleanPrompt(prompt) === "", "prompt", "Write what the picture should show."],
    [
      excessCharacters > 0,
      "prompt",
      `The prompt is ${excessCharacters} ${excessCharacters === 1 ? "character" : "characters"} too long.`,
    ],
    [shape === undefined, "size", "Choose a shape: there is no reference to take it from."],
    [
      !isWithin(count, model.results),
      "count",
      `Between ${model.results.min} and ${model.results.max} pictures can be made at once.`,
    ],
    [
      !isWithin(quality, model.quality),
      "quality",
      `The quality goes from ${model.quality.min} to ${model.quality.max}.`,
    ],
    [ttl !== undefined && ttl < model.ttlMinimum, "ttl", `Links live for at least ${model.ttlMinimum} seconds.`],
    [target?.asked === path && target?.error !== undefined, "path", "This place to save cannot be used."],
    [overBudget !== undefined, "budget", overBudget ?? ""],
  ];
  const firstBroken = rules.find(([isBroken]) => isBroken);
  return firstBroken === undefined ? undefined : { field: firstBroken[1], reason: firstBroken[2] };
}
