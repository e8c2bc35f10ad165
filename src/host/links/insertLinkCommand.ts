import type { Uri } from "vscode";
import { urisFromArguments } from "../commands/urisFromArguments.ts";
import type { Services } from "../services.ts";
import { activeImageUri } from "../workspace/chooseImages.ts";
import { insertLink } from "./insertLink.ts";
import { currentLinkPosition } from "./trackedPosition.ts";

/** The images of a context menu, the one in the active editor, or one that the user chooses. */
async function askFiles(services: Services, first: unknown, all: unknown): Promise<readonly Uri[]> {
  const selected = urisFromArguments(first, all);
  const open = activeImageUri();
  const choose = async () => (await import("./chooseImage.ts")).chooseImage(services);
  return selected.length > 0 ? selected : [open ?? (await choose())];
}

/**
 * Inserts links to images into the visible text editor: those of a context menu, the one in the
 * active editor, or one that the user chooses from a list.
 */
export async function insertLinkCommand(services: Services, first?: unknown, all?: unknown): Promise<void> {
  // Taken at once: the user may move the cursor while Limn asks.
  const linkPosition = currentLinkPosition();
  try {
    const files = await askFiles(services, first, all);
    // The journal knows the prompts for the alt texts.
    await services.jobs.journal.ready().catch(() => undefined);
    await insertLink(services, files, linkPosition);
  } finally {
    linkPosition?.dispose();
  }
}
