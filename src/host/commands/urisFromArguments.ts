import { Uri } from "vscode";

/**
 * The files that an image's context menu runs a command for. VS Code passes the one that was
 * clicked and all that are selected.
 */
export function urisFromArguments(clickedUri: unknown, selectedUris: unknown): readonly Uri[] {
  if (Array.isArray(selectedUris) && selectedUris.length > 0 && selectedUris.every((uri) => uri instanceof Uri)) {
    return selectedUris;
  }
  return clickedUri instanceof Uri ? [clickedUri] : [];
}
