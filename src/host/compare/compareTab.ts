import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { l10n, Uri, ViewColumn, window } from "vscode";
import { extensionByFormat } from "../../core/pictures/pictureFormat.ts";
import type { Ports } from "../../core/ports.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { type ComparedPicture, type ComparisonMessage, parseIntent } from "../../protocol.ts";
import type { Services } from "../services.ts";
import { replaceFile } from "../storage/durableFile.ts";
import { compareCopiesFolder } from "../storage/storagePaths.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { webviewPage } from "../ui/webviewPage.ts";
import { type CompareSource, readSource } from "./compareSource.ts";

/** VS Code's id for this type of tab. */
const tabType = "limn.compare";

/** What comparing works with. */
export interface CompareDeps extends Pick<Services, "storage" | "dist" | "vault"> {
  readonly ports: Pick<Ports, "probe" | "log">;
}

/** Copies a picture into the folder that the page may read, and returns the URI of the copy. */
async function copySource(
  { ports }: CompareDeps,
  folder: string,
  name: "left" | "right",
  source: CompareSource,
): Promise<Uri> {
  const { bytes, format } = await readSource(ports, source);
  const path = join(folder, `${name}.${extensionByFormat[format]}`);
  await replaceFile(path, bytes);
  return Uri.file(path);
}

/** The part of a label after the last slash. */
const shortName = ({ label }: CompareSource): string => label.slice(label.lastIndexOf("/") + 1);

/**
 * Shows two pictures in an editor tab, with a slider or side by side. The tab shows copies, so that
 * it needs access to their folder only.
 *
 * @throws LimnError of kind `files` if one of them cannot be read; then no tab opens.
 */
export async function compareImages(deps: CompareDeps, left: CompareSource, right: CompareSource): Promise<void> {
  const folder = join(compareCopiesFolder(deps.storage), randomUUID());
  const deleteCopies = () => rm(folder, { recursive: true, force: true });
  const copyBoth = () => [copySource(deps, folder, "left", left), copySource(deps, folder, "right", right)] as const;
  let copied = copyBoth();
  try {
    await Promise.all(copied);
  } catch (error) {
    await Promise.allSettled(copied);
    await deleteCopies();
    throw error;
  }
  const title = escapeMarkup(l10n.t("{0} ↔ {1}", shortName(left), shortName(right)));
  const panel = window.createWebviewPanel(tabType, title, ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [deps.dist, Uri.file(folder)],
  });
  const { webview } = panel;
  const toComparedPicture = async (source: CompareSource, copyUri: Promise<Uri>): Promise<ComparedPicture> =>
    copyUri.then(
      (uri) => ({ label: escapeBidiControls(source.label), link: webview.asWebviewUri(uri).toString() }),
      (error: unknown) => ({
        label: escapeBidiControls(source.label),
        problem: escapeBidiControls(errorMessage(error)),
      }),
    );
  const postComparison = async (): Promise<void> => {
    const [leftPicture, rightPicture] = await Promise.all([
      toComparedPicture(left, copied[0]),
      toComparedPicture(right, copied[1]),
    ]);
    const comparison: ComparisonMessage = { type: "comparison", left: leftPicture, right: rightPicture };
    await webview.postMessage(comparison);
  };
  let isFirstLoad = true;
  webview.onDidReceiveMessage((message: unknown) => {
    if (parseIntent(message)?.type !== "ready") {
      deps.ports.log.warn("A message of a compare tab was ignored: it is not “ready”.");
      return;
    }
    // VS Code reloads the page of a tab that was hidden; it then shows the files as they are now.
    copied = isFirstLoad ? copied : copyBoth();
    isFirstLoad = false;
    postComparison().catch((error: unknown) =>
      deps.ports.log.error(`The pictures could not be sent to a compare tab: ${String(error)}`),
    );
  });
  panel.onDidDispose(() => {
    Promise.allSettled(copied)
      .then(deleteCopies)
      .catch((error: unknown) =>
        deps.ports.log.warn(`The copies of a compare tab could not be deleted: ${String(error)}`),
      );
  });
  webview.html = webviewPage(webview, deps.dist, { scripts: ["compare.js"] });
}
