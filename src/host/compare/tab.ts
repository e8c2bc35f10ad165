import { randomBytes, randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { env, l10n, Uri, ViewColumn, type Webview, window } from "vscode";
import { extensionOf } from "../../core/picture.ts";
import type { Ports } from "../../core/ports.ts";
import { visible } from "../../core/visible.ts";
import { type ComparedPicture, type Comparison, parseIntent } from "../../protocol.ts";
import { replaceFile } from "../durableFile.ts";
import { plain } from "../plain.ts";
import type { Services } from "../services.ts";
import { sentence } from "../tell.ts";
import { pageText } from "./page.ts";
import { readPicture, type Source } from "./source.ts";

/** The type of the tab, as VS Code knows it. */
const tabType = "limn.compare";

/** Milliseconds after which a folder of copies is taken for left behind: a tab of another window may still need a younger one. */
const oldAge = 24 * 60 * 60 * 1000;

/** What comparing works with. */
export interface Room extends Pick<Services, "storage" | "dist" | "vault"> {
  readonly ports: Pick<Ports, "probe" | "log">;
}

const copies = ({ storage }: Pick<Services, "storage">): string => join(storage, "compare");

/** Removes the copies of tabs that were open when a window ended. */
export async function clearComparisons(room: Pick<Room, "storage" | "ports">): Promise<void> {
  const folder = copies(room);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    try {
      if (Date.now() - (await stat(path)).mtimeMs > oldAge) {
        await rm(path, { recursive: true });
      }
    } catch (error) {
      room.ports.log.warn(`The copies of a compare tab could not be removed: ${String(error)}`);
    }
  }
}

/** Copies a picture to where the page may load it from, whatever it was read from, and gives the copy. */
async function copy({ ports }: Room, folder: string, name: "left" | "right", source: Source): Promise<Uri> {
  const { bytes, format } = await readPicture(ports, source);
  const path = join(folder, `${name}.${extensionOf[format]}`);
  await replaceFile(path, bytes);
  return Uri.file(path);
}

/** The name in a path-like label. */
const shortName = ({ label }: Source): string => label.slice(label.lastIndexOf("/") + 1);

/**
 * Shows two pictures in an editor tab, to be compared with a slider or side by side. The tab is given copies, so that it may read no
 * folder but their own.
 *
 * @throws LimnError of kind `files` where one of them cannot be read; then no tab opens.
 */
export async function compareImages(room: Room, left: Source, right: Source): Promise<void> {
  const folder = join(copies(room), randomUUID());
  const clear = () => rm(folder, { recursive: true, force: true });
  const copyBoth = () => [copy(room, folder, "left", left), copy(room, folder, "right", right)] as const;
  let copied = copyBoth();
  try {
    await Promise.all(copied);
  } catch (error) {
    await Promise.allSettled(copied);
    await clear();
    throw error;
  }
  const title = plain(l10n.t("{0} ↔ {1}", shortName(left), shortName(right)));
  const panel = window.createWebviewPanel(tabType, title, ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [room.dist, Uri.file(folder)],
  });
  const { webview } = panel;
  const see = async (source: Source, made: Promise<Uri>): Promise<ComparedPicture> =>
    made.then(
      (uri) => ({ label: visible(source.label), link: webview.asWebviewUri(uri).toString() }),
      (error: unknown) => ({ label: visible(source.label), problem: visible(sentence(error)) }),
    );
  const answer = async (): Promise<void> => {
    const [one, other] = await Promise.all([see(left, copied[0]), see(right, copied[1])]);
    const comparison: Comparison = { type: "comparison", left: one, right: other };
    await webview.postMessage(comparison);
  };
  let isNew = true;
  webview.onDidReceiveMessage((message: unknown) => {
    if (parseIntent(message)?.type !== "ready") {
      room.ports.log.warn("A compare tab sent something that is not understood.");
      return;
    }
    // A tab that was hidden is loaded anew, and then shows the files as they are now.
    copied = isNew ? copied : copyBoth();
    isNew = false;
    answer().catch((error: unknown) => room.ports.log.error(`A compare tab was not answered: ${String(error)}`));
  });
  panel.onDidDispose(() => {
    Promise.allSettled(copied)
      .then(clear)
      .catch((error: unknown) => room.ports.log.warn(`The copies of a compare tab stay: ${String(error)}`));
  });
  webview.html = pageOf(webview, room.dist);
}

function pageOf(webview: Webview, dist: Uri): string {
  const link = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  return pageText({
    script: link("compare.js"),
    icons: link("codicon.css"),
    source: webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
    language: env.language,
  });
}
