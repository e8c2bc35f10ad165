import { commands, type Uri } from "vscode";
import type { LogPort } from "../../core/ports.ts";

/**
 * Shows an image in an editor. Only logs if VS Code cannot: what was done with the image is done.
 */
export async function showImage(uri: Uri, log: LogPort): Promise<void> {
  try {
    await commands.executeCommand("vscode.open", uri, { preview: false });
  } catch (error) {
    log.warn(`An image could not be opened in an editor: ${String(error)}`);
  }
}
