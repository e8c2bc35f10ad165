import { LimnError } from "../../core/errors.ts";
import { addressProblem } from "../../core/service/apiAddress.ts";
import { setting } from "../settings.ts";

/** The address requests are sent to, as set; throws a `LimnError` where it cannot be one. */
export function apiUrl(): string {
  const text = setting("apiUrl").trim();
  const problem = addressProblem(text);
  if (problem !== undefined) {
    throw new LimnError("input", problem);
  }
  return text;
}
