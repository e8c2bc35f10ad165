import { Uri, workspace } from "vscode";
import type { OutputFormat } from "../../core/models/model.ts";
import { type Pixels, parseSize } from "../../core/models/size.ts";
import { formatOfName } from "../../core/pictures/pictureFormat.ts";
import { isSet, setting } from "../settings.ts";
import type { ActiveProject } from "../workspace/activeProject.ts";
import { isSameFile, uriKey } from "../workspace/fileUri.ts";
import { type FolderPath, parsePathInFolder, settingsFolder } from "../workspace/settingsPath.ts";
import type { LastChoices, LastChoicesStore } from "./lastChoices.ts";
import { formatOfSettings } from "./requestDefaults.ts";

/** A folder for new pictures. */
export interface ProposedFolder extends FolderPath {
  /** Whether the user chose it for an earlier request. */
  readonly isChosen: boolean;
}

/** What a new request starts with, in the flow and in the panel alike. */
export interface Proposal {
  /** The size that was chosen last; see `defaultSize`. */
  readonly size: Pixels | undefined;
  /** The number of pictures that was chosen last, or 1; see `defaultCount`. */
  readonly count: number;
  readonly format: OutputFormat;
  /** `undefined` if no folder is open. */
  readonly folder: ProposedFolder | undefined;
}

const pathBelow = (root: Uri, uri: Uri): string => uri.path.slice(root.path.length).replace(/^\//, "");

/** The folder that the user set, or where the project keeps its images, or the default. */
function folderWithoutChoice({ root, images }: ActiveProject): ProposedFolder {
  return images === undefined || isSet("folder", root.uri)
    ? { ...settingsFolder(root), isChosen: false }
    : { root, path: pathBelow(root.uri, images), isChosen: false };
}

/** The folder that the user chose last for the project, unless `limn.folder` was changed since. */
function chosenFolder({ root, folder }: ActiveProject, { folders }: LastChoices): ProposedFolder | undefined {
  const chosen = folders?.[uriKey(folder)];
  if (chosen === undefined || chosen.setting !== setting("folder", root.uri)) {
    return undefined;
  }
  const uri = Uri.parse(chosen.folder);
  const chosenRoot = workspace.getWorkspaceFolder(uri);
  return chosenRoot && { root: chosenRoot, path: pathBelow(chosenRoot.uri, uri), isChosen: true };
}

/**
 * The extension of `limn.fileName`; else the format that was chosen last, unless `limn.format` was
 * changed since; else `limn.format`.
 */
function proposedFormat(scope: Uri | undefined, { format: chosen }: LastChoices): OutputFormat {
  const format = formatOfSettings(scope);
  const own = formatOfName(setting("fileName", scope).trim());
  return own ?? (chosen?.insteadOf === format ? chosen.value : format);
}

/** What a new request in the project starts with. `project` is `undefined` without a folder. */
export function propose(project: ActiveProject | undefined, choices: LastChoices): Proposal {
  return {
    size: parseSize(choices.shape ?? ""),
    count: choices.count ?? 1,
    format: proposedFormat(project?.root.uri, choices),
    folder: project && (chosenFolder(project, choices) ?? folderWithoutChoice(project)),
  };
}

/** What the user chose; a value that is absent is not remembered. */
export interface ChosenValues {
  readonly size?: Pixels | undefined;
  readonly count: number;
  readonly format?: OutputFormat | undefined;
  readonly folder?: Uri | undefined;
}

/** Whether it is the folder that is proposed to a user who has not chosen one. */
function isProposedAnyway(project: ActiveProject, folder: Uri): boolean {
  try {
    return isSameFile(parsePathInFolder(folderWithoutChoice(project)).folder, folder);
  } catch {
    return false;
  }
}

/**
 * The chosen folders after the choice of one. What is proposed anyway need not be remembered, and a
 * folder outside the workspace is never proposed.
 */
function changeFolders({ folders }: LastChoices, project: ActiveProject, folder: Uri): LastChoices["folders"] {
  if (workspace.getWorkspaceFolder(folder) === undefined) {
    return folders;
  }
  const key = uriKey(project.folder);
  const others = Object.entries(folders ?? {}).filter(([other]) => other !== key);
  const chosen = { folder: folder.toString(), setting: setting("folder", project.root.uri) };
  return Object.fromEntries(isProposedAnyway(project, folder) ? others : [...others, [key, chosen]]);
}

/**
 * Remembers what the user chose, for the next proposal. A setting wins again as soon as it is
 * changed.
 */
export async function rememberChoices(
  store: LastChoicesStore,
  project: ActiveProject | undefined,
  { size, count, format, folder }: ChosenValues,
): Promise<void> {
  const scope = project?.root.uri;
  const insteadOf = formatOfSettings(scope);
  const isFormatOpen = formatOfName(setting("fileName", scope).trim()) === undefined;
  await store.update({
    count,
    ...(size === undefined ? {} : { shape: `${size.width}x${size.height}` }),
    ...(format !== undefined && isFormatOpen
      ? { format: format === insteadOf ? undefined : { value: format, insteadOf } }
      : {}),
    ...(folder === undefined || project === undefined ? {} : { folders: changeFolders(store.read(), project, folder) }),
  });
}
