import { LimnError } from "../../core/errors.ts";
import { addressProblem } from "../../core/service/apiAddress.ts";
import { setting } from "../settings.ts";

/** The API's address as it is set. Throws a `LimnError` if it is not a usable one. */
export function apiUrl(): string {
  const text = setting("apiUrl").trim();
  const problem = addressProblem(text);
  if (problem !== undefined) {
    throw new LimnError("input", problem);
  }
  return text;
}
