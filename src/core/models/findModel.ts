import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import { shownName } from "../text/shownName.ts";
import type { Family, Model } from "./model.ts";

/** The model with this id; `undefined` if the family has none, such as one of a later version. */
export const findModel = (family: Family, id: string): Model | undefined => family.find((model) => model.id === id);

/** The model with this id; throws a `LimnError` of kind `input` that lists all ids. */
export function modelOf(family: Family, id: string): Model {
  const model = findModel(family, id);
  if (model === undefined) {
    const ids = family.map((known) => `“${known.id}”`).join(", ");
    throw new LimnError("input", l10n.t("Limn does not know the model “{0}”. Choose one of {1}.", shownName(id), ids), {
      field: "model",
    });
  }
  return model;
}
