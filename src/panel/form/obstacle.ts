import { cleanPrompt } from "../../core/promptText.ts";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { countCharacters } from "./characters.ts";
import { estimate, tooDear } from "./money.ts";
import type { Shape } from "./shape.ts";

/** Why a draft cannot be sent as it is, and the field to change. */
export interface Obstacle {
  readonly field: string;
  readonly reason: string;
}

const within = (value: number, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  value >= min && value <= max;

/** The first thing in the way; `undefined` where there is none. The host checks again, with all rules. */
export function obstacleIn(
  { model, engine, draft: view }: Snapshot,
  draft: DraftFields,
  shape: Shape | undefined,
): Obstacle | undefined {
  const { prompt = "", count = 1, quality = view.defaults.quality, ttl, path } = draft;
  const over = countCharacters(prompt) - model.promptLimit;
  const { target } = view;
  const dear = shape === undefined ? undefined : tooDear(engine, estimate(model, shape, count));
  const rules: readonly (readonly [wrong: boolean, field: string, reason: string])[] = [
    [cleanPrompt(prompt) === "", "prompt", "Write what the picture should show."],
    [over > 0, "prompt", `The prompt is ${over} ${over === 1 ? "character" : "characters"} too long.`],
    [shape === undefined, "size", "Choose a shape: there is no reference to take it from."],
    [
      !within(count, model.results),
      "count",
      `Between ${model.results.min} and ${model.results.max} pictures can be made at once.`,
    ],
    [!within(quality, model.quality), "quality", `The quality goes from ${model.quality.min} to ${model.quality.max}.`],
    [ttl !== undefined && ttl < model.ttlMinimum, "ttl", `Links live for at least ${model.ttlMinimum} seconds.`],
    [target?.asked === path && target?.error !== undefined, "path", "This place to save cannot be used."],
    [dear !== undefined, "budget", dear ?? ""],
  ];
  const found = rules.find(([wrong]) => wrong);
  return found === undefined ? undefined : { field: found[1], reason: found[2] };
}
