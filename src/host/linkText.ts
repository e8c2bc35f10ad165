import { type TextDocument, Uri, workspace } from "vscode";
import { link, linkPath } from "../core/link.ts";
import type { Pixels } from "../core/size.ts";

const exists = async (uri: Uri): Promise<boolean> =>
  workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

/**
 * The folder whose files a framework serves from the site's root: `public` beside the `package.json` that is nearest above the
 * document, where the picture lies in it.
 */
async function publicFolder(document: Uri, file: Uri): Promise<string | undefined> {
  const root = workspace.getWorkspaceFolder(document)?.uri;
  for (let folder = Uri.joinPath(document, ".."); root !== undefined; folder = Uri.joinPath(folder, "..")) {
    if (await exists(Uri.joinPath(folder, "package.json"))) {
      const served = Uri.joinPath(folder, "public").path;
      return file.path.startsWith(`${served}/`) ? served : undefined;
    }
    if (folder.path === root.path || folder.path === "/") {
      return undefined;
    }
  }
  return undefined;
}

/** The link to an image file as it is written in the document's own language. `size` in pixels, if it is known. */
export async function linkText(
  { uri, languageId }: Pick<TextDocument, "uri" | "languageId">,
  file: Uri,
  alt: string,
  size: Pixels | undefined,
): Promise<string> {
  return link(languageId, { path: linkPath(uri.path, file.path, await publicFolder(uri, file)), alt, size });
}
