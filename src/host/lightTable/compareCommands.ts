// Entry of dist/compareCommands.js, which the first of its commands loads.
import { l10n, type Uri } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { askImages } from "../workspace/chooseImages.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { type CompareSource, readSource } from "./compareSource.ts";
import { headVersion } from "./headVersion.ts";

const fileSource = (uri: Uri): CompareSource => ({ uri, label: shownPath(uri) });

/** Compares an image file with its version in the last commit, unless the two are the same. */
export async function compareWithHead(services: Services, first?: unknown, all?: unknown): Promise<void> {
  const selected = urisFromArguments(first, all);
  const [uri] = selected.length > 0 ? selected : await askImages(l10n.t("Compare with HEAD"), l10n.t("Compare"));
  if (uri === undefined) {
    return;
  }
  const head = await headVersion(uri);
  const current = fileSource(uri);
  const [before, after] = await Promise.all([head, current].map((source) => readSource(services.ports, source)));
  if (before !== undefined && after !== undefined && Buffer.compare(before.bytes, after.bytes) === 0) {
    void notify(l10n.t("{0} has not changed since the last commit (HEAD).", current.label));
    return;
  }
  await (await services.lightTable.load()).compare([head, current], undefined);
}

/** Compares the two images that are selected in the explorer. Throws a `LimnError` if not two. */
export async function compareSelected(services: Services, first?: unknown, all?: unknown): Promise<void> {
  const uris = urisFromArguments(first, all);
  const [left, right] = uris;
  if (left === undefined || right === undefined || uris.length > 2) {
    throw new LimnError(
      "input",
      l10n.t("Select exactly two images in the explorer, then choose Compare Images again."),
    );
  }
  await (await services.lightTable.load()).compare([fileSource(left), fileSource(right)], undefined);
}
