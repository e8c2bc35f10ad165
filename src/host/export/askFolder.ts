import { l10n, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { checkWritable } from "../workspace/saveLocation.ts";
import { rootOf, shownPath } from "../workspace/workspaceFolders.ts";
import type { ExportCrop } from "./exportCrop.ts";

interface FolderItem extends QuickPickItem {
  /** Absent: the user chooses one in a dialog. */
  readonly folder?: Uri;
  readonly isSiteRoot?: boolean;
  /** Set if the user moves the crop first. */
  readonly crop?: ExportCrop;
}

/** Where the files go, and whether that is served from the root of a site. */
export interface ExportFolder {
  readonly folder: Uri;
  readonly isSiteRoot: boolean;
}

/** The folder that is served from the root of the site around a file, or else the project. */
async function siteRoot(uri: Uri): Promise<Uri | undefined> {
  const root = workspace.getWorkspaceFolder(uri) === undefined ? undefined : rootOf(uri)?.uri;
  if (root === undefined) {
    return undefined;
  }
  const { siteRootAround } = await import("../sites/siteRules.ts");
  return siteRootAround(uri, root);
}

function folderItem(folder: Uri): FolderItem {
  const [root, ...others] = workspace.workspaceFolders ?? [];
  const isOnlyRoot = others.length === 0 && root?.uri.toString() === folder.toString();
  return { folder, label: escapeMarkup(isOnlyRoot ? root.name : shownPath(folder)) };
}

async function browse(start: Uri | undefined): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({
    title: l10n.t("Export Into"),
    openLabel: l10n.t("Export Here"),
    ...{ canSelectFiles: false, canSelectFolders: true, canSelectMany: false },
    ...(start === undefined ? {} : { defaultUri: start }),
  });
  return chosen?.[0];
}

const cropItems = (crop: ExportCrop): readonly FolderItem[] => [
  { label: l10n.t("Crop"), kind: QuickPickItemKind.Separator },
  {
    crop,
    label: `$(screen-cut) ${l10n.t("Move Crop…")}`,
    description:
      crop.image().focus === undefined ? l10n.t("Automatic: the part that draws the eye") : l10n.t("Position chosen"),
  },
];

/**
 * Asks where the files go, and lets the user move their crop before, if there is one. Rejects with
 * kind `stopped` if the user cancels.
 */
export async function askFolder(
  target: ExportTarget,
  sources: readonly Uri[],
  crop?: ExportCrop,
): Promise<ExportFolder> {
  const [first] = sources;
  const beside = first && Uri.joinPath(first, "..");
  const root = first && (await siteRoot(first));
  const isBesideRoot = root !== undefined && root.toString() === beside?.toString();
  const besideItem: FolderItem[] =
    beside === undefined
      ? []
      : [{ ...folderItem(beside), description: l10n.t("Beside the image"), isSiteRoot: isBesideRoot }];
  const rootItem: FolderItem[] =
    root === undefined || isBesideRoot
      ? []
      : [{ ...folderItem(root), description: l10n.t("Root of the site"), isSiteRoot: true }];
  const folders = target.isForSiteRoot === true ? [...rootItem, ...besideItem] : [...besideItem, ...rootItem];
  const items: FolderItem[] = [...folders, { label: `$(folder-opened) ${l10n.t("Browse…")}` }];
  const title = l10n.t("Export: {0}", target.name);
  const ask = () =>
    window.showQuickPick([...items, ...(crop === undefined ? [] : cropItems(crop))], {
      title,
      placeHolder: l10n.t("Where do the files go?"),
    });
  let item = await ask();
  while (item?.crop !== undefined) {
    await item.crop.move();
    item = await ask();
  }
  const folder = item && (item.folder ?? (await browse(beside)));
  if (folder === undefined) {
    throw stoppedError();
  }
  const problem = await checkWritable(folder);
  if (problem !== undefined) {
    throw new LimnError("files", problem);
  }
  return { folder, isSiteRoot: item?.isSiteRoot === true };
}
