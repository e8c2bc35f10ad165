import * as l10n from "@vscode/l10n";
import type { ModelView } from "../../../protocol.ts";

/** What to do with more references than the model can use; `undefined` if it can use them all. */
export function referenceLimitText({ name, references: { max } }: ModelView, count: number): string | undefined {
  if (count <= max) {
    return undefined;
  }
  if (max === 0) {
    return l10n.t("{0} cannot use reference images. Remove them.", name);
  }
  return max === 1
    ? l10n.t("{0} can use only one reference image. Remove the others.", name)
    : l10n.t("{0} can use at most {1} reference images. Remove {2} of them.", name, max, count - max);
}
