import { randomBytes, randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { env, l10n, Uri, ViewColumn, type Webview, window } from "vscode";
import { extensionByFormat } from "../../core/pictures/pictureFormat.ts";
import type { Ports } from "../../core/ports.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { type ComparedPicture, type ComparisonMessage, parseIntent } from "../../protocol.ts";
import type { Services } from "../services.ts";
import { replaceFile } from "../storage/durableFile.ts";
import { compareCopiesFolder } from "../storage/storagePaths.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { webviewHtml } from "../ui/webviewHtml.ts";
import { type CompareSource, readSource } from "./source.ts";

/** The type of the tab, as VS Code knows it. */
const tabType = "limn.compare";

/**
 * Milliseconds after which a folder of copies is taken for left behind: a tab of another window may
 * still need a younger one.
 */
const staleAge = 24 * 60 * 60 * 1000;

/** What comparing works with. */
export interface CompareDeps extends Pick<Services, "storage" | "dist" | "vault"> {
  readonly ports: Pick<Ports, "probe" | "log">;
}

const copiesFolder = ({ storage }: Pick<Services, "storage">): string => compareCopiesFolder(storage);

/** Removes the copies of tabs that were open when a window ended. */
export async function removeStaleCopies(deps: Pick<CompareDeps, "storage" | "ports">): Promise<void> {
  const folder = copiesFolder(deps);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > staleAge) {
        await rm(path, { recursive: true });
      }
    } catch (error) {
      deps.ports.log.warn(`The copies of a compare tab could not be removed: ${String(error)}`);
    }
  }
}

/**
 * Copies a picture to where the page may load it from, whatever it was read from, and gives the
 * copy.
 */
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

/** The name in a path-like label. */
const shortName = ({ label }: CompareSource): string => label.slice(label.lastIndexOf("/") + 1);

/**
 * Shows two pictures in an editor tab, to be compared with a slider or side by side. The tab is
 * given copies, so that it may read no folder but their own.
 *
 * @throws LimnError of kind `files` where one of them cannot be read; then no tab opens.
 */
export async function compareImages(deps: CompareDeps, left: CompareSource, right: CompareSource): Promise<void> {
  const folder = join(copiesFolder(deps), randomUUID());
  const removeCopies = () => rm(folder, { recursive: true, force: true });
  const copyBoth = () => [copySource(deps, folder, "left", left), copySource(deps, folder, "right", right)] as const;
  let copied = copyBoth();
  try {
    await Promise.all(copied);
  } catch (error) {
    await Promise.allSettled(copied);
    await removeCopies();
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
    const [one, other] = await Promise.all([toComparedPicture(left, copied[0]), toComparedPicture(right, copied[1])]);
    const comparison: ComparisonMessage = { type: "comparison", left: one, right: other };
    await webview.postMessage(comparison);
  };
  let isFirstLoad = true;
  webview.onDidReceiveMessage((message: unknown) => {
    if (parseIntent(message)?.type !== "ready") {
      deps.ports.log.warn("A compare tab sent something that is not understood.");
      return;
    }
    // A tab that was hidden is loaded anew, and then shows the files as they are now.
    copied = isFirstLoad ? copied : copyBoth();
    isFirstLoad = false;
    postComparison().catch((error: unknown) =>
      deps.ports.log.error(`A compare tab was not answered: ${String(error)}`),
    );
  });
  panel.onDidDispose(() => {
    Promise.allSettled(copied)
      .then(removeCopies)
      .catch((error: unknown) => deps.ports.log.warn(`The copies of a compare tab stay: ${String(error)}`));
  });
  webview.html = comparePageHtml(webview, deps.dist);
}

function comparePageHtml(webview: Webview, dist: Uri): string {
  const link = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  return webviewHtml({
    script: link("compare.js"),
    icons: link("codicon.css"),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
    language: env.language,
    texts: l10n.bundle ?? {},
  });
}
