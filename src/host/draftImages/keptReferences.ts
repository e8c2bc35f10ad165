import { l10n, Uri } from "vscode";
import { keptReferencesLimit } from "../../core/draftImages/keptReferencesLimit.ts";
import { readRemoteReference } from "../../core/request/remoteReference.ts";
import type { Reference } from "../../core/request/request.ts";

/** The percent-encoded path from a folder to a file below it; `undefined` for any other file. */
function pathFrom(folder: Uri, file: Uri): string | undefined {
  const start = folder.path.endsWith("/") ? folder.path : `${folder.path}/`;
  const isBelow = file.scheme === folder.scheme && file.authority === folder.authority && file.path.startsWith(start);
  return isBelow ? file.path.slice(start.length).split("/").map(encodeURIComponent).join("/") : undefined;
}

const keptOf = ({ source }: Reference, folder: Uri): string | undefined =>
  source === undefined ? undefined : (readRemoteReference(source)?.source ?? pathFrom(folder, Uri.parse(source)));

/**
 * What a draft image keeps of its references, or why it cannot: no bytes, so that it stays small,
 * and no path of this computer, so that others can render it.
 *
 * @param folder the workspace folder of the draft.
 */
export function keptReferences(
  references: readonly Reference[],
  folder: Uri,
): { readonly kept: readonly string[]; readonly obstacle?: string } {
  const kept = references.flatMap((reference) => keptOf(reference, folder) ?? []);
  const lost = references.find((reference) => keptOf(reference, folder) === undefined);
  if (lost !== undefined) {
    const sentence = l10n.t(
      "A draft cannot keep {0}, because it is not a file in the draft's workspace folder. Save it there and add that file, or generate the picture.",
      lost.label,
    );
    return { kept, obstacle: sentence };
  }
  return kept.join(" ").length > keptReferencesLimit
    ? {
        kept,
        obstacle: l10n.t(
          "The paths of the reference images are too long for a draft. Use fewer images, or generate the picture.",
        ),
      }
    : { kept };
}
