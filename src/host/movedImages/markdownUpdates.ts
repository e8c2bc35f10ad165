import { FileType, Uri, workspace } from "vscode";
import { matchesInclude } from "../../core/links/moving/includeGlobs.ts";
import type { DocumentText } from "../imageLinks/linkedDocuments.ts";
import { undefinedIfMissing } from "../workspace/fileStat.ts";
import { isSameFile } from "../workspace/fileUri.ts";
import type { ChangedLink } from "./changedLinks.ts";
import { type FileChange, placeBefore } from "./fileChanges.ts";

/**
 * Whether VS Code's own Markdown extension updates the links of Markdown to a file or folder that
 * was moved. Source: the settings `markdown.updateLinksOnFileMove`, and the code of VS Code 1.139.
 */
async function updatesLinks(moved: Uri): Promise<boolean> {
  const settings = workspace.getConfiguration("markdown.updateLinksOnFileMove", moved);
  if (settings.get("enabled", "never") === "never") {
    return false;
  }
  if (matchesInclude(moved.path, settings.get("include"))) {
    return true;
  }
  const stat = await undefinedIfMissing(workspace.fs.stat(moved));
  return stat?.type === FileType.Directory && settings.get("enableForDirectories", true);
}

/** The moves after which the Markdown extension updates links, or asks whether it should. */
export async function markdownMoves(changes: readonly FileChange[]): Promise<readonly FileChange[]> {
  const updated = await Promise.all(changes.map(async ({ to }) => to !== undefined && (await updatesLinks(to))));
  return changes.filter((_, index) => updated[index]);
}

/**
 * Whether the Markdown extension finds the file of the link. For it, a path from the site's root
 * starts at the workspace folder.
 */
export function isFoundByMarkdown(
  { uri, languageId }: DocumentText,
  { link, file }: ChangedLink,
  changes: readonly FileChange[],
): boolean {
  const folder = workspace.getWorkspaceFolder(uri)?.uri;
  const base = link.path.startsWith("/") ? folder : Uri.joinPath(placeBefore(changes, uri), "..");
  return languageId === "markdown" && base !== undefined && isSameFile(Uri.joinPath(base, link.path), file);
}
