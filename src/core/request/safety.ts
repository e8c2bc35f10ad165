import { type Model, safetyModes } from "../models/model.ts";
import type { Safety, StoredSafety } from "./request.ts";

/**
 * The choices that a model offers: no check for unsafe content, which every model can do, or one of
 * the model's modes.
 */
export const safetyChoicesOf = ({ safetyModes: modes }: Pick<Model, "safetyModes">) =>
  ["off", ...modes.filter((mode) => mode !== "none")] as const;

/** The choices of all models. */
export const safetyChoices = safetyChoicesOf({ safetyModes });

/** The user's choice of a check for unsafe content. */
export type SafetyChoice = (typeof safetyChoices)[number];

/**
 * The value that is sent for a choice: none for `off`, because the API checks only on request.
 * `fast` sends both fields: the mode `none` would disable the check (model's page, “safety”).
 */
const safetyByChoice = {
  off: undefined,
  fast: { checkContent: true, mode: "fast" },
} as const satisfies Readonly<Record<SafetyChoice, Safety | undefined>>;

/** The API's `safety` for a choice; `undefined` if none is sent. */
export const toSafety = (choice: SafetyChoice): Safety | undefined => safetyByChoice[choice];

/**
 * The choice that a sent `safety` represents. Earlier versions combined `checkContent: true` with
 * `mode: "none"`, and later ones may know more modes: a check in either field counts as one.
 */
export const safetyChoiceOf = ({ checkContent, mode }: StoredSafety = {}): SafetyChoice =>
  checkContent === true || (mode !== undefined && mode !== "none") ? "fast" : "off";

/** Whether a value is present and does not disable the check. */
const requestsCheck = (value: unknown, offValue: boolean | string): boolean =>
  value !== undefined && value !== null && value !== offValue;

/**
 * Reads the raw value of the setting. VS Code builds a tree from the names of settings, so the two
 * settings of earlier versions, `limn.safety.checkContent` and `limn.safety.mode`, arrive as an
 * object. A value that cannot be read counts as `fast`, to be safe.
 */
export function readSafetySetting(value: unknown): SafetyChoice {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const { checkContent, mode } = { checkContent: undefined, mode: undefined, ...value };
    return requestsCheck(checkContent, false) || requestsCheck(mode, "none") ? "fast" : "off";
  }
  return requestsCheck(value, "off") ? "fast" : "off";
}
