import * as l10n from "@vscode/l10n";
import type { TablePicture } from "../protocol.ts";

/** Describes what was done with a picture between two messages; `undefined` if nothing was. */
export function describeChange(before: TablePicture | undefined, now: TablePicture): string | undefined {
  if (before === undefined) {
    return undefined;
  }
  const file = now.kept.find((path) => !before.kept.includes(path));
  if (file !== undefined) {
    return l10n.t("Kept as {0}", file);
  }
  if (now.isDiscarded !== before.isDiscarded) {
    return now.isDiscarded ? l10n.t("Discarded: {0}", now.label) : l10n.t("Restored: {0}", now.label);
  }
  if (now.isStarred !== before.isStarred) {
    return now.isStarred ? l10n.t("Starred") : l10n.t("Star removed");
  }
  return undefined;
}
