import { join } from "node:path";

/**
 * Paths of everything Limn stores in its storage folder. The names are a format on disk: other
 * versions of Limn read the same folder.
 *
 * @param storage Path of the storage folder, VS Code's `globalStorageUri`.
 */
export const storagePaths = (storage: string) =>
  ({
    /** Folder: one JSON file per job. */
    jobs: join(storage, "jobs"),
    /** Folder: one empty file per job that is not finished; see `JobMarkerFolder`. */
    jobMarkers: join(storage, "open"),
    /** Folder: every picture that arrived. */
    vault: join(storage, "vault"),
    /** Folder: small previews of pictures. */
    thumbnails: join(storage, "thumbnails"),
    /** Folder: old bytes of image files that were overwritten. */
    replacedImages: join(storage, "replaced"),
    /** Folder: reference images that were dropped or pasted into the panel. */
    droppedReferences: join(storage, "references"),
    /** Folder: copies of pictures that are open in a compare tab. */
    compareCopies: join(storage, "compare"),
    /** File: tasks that the sandbox has accepted. */
    sandboxState: join(storage, "sandbox.json"),
    /** File: prompts of forgotten jobs. */
    promptHistory: join(storage, "prompt-history.json"),
  }) as const;

/** Name of the folders for pictures that the vault cannot take; they are outside the storage folder. */
export const fallbackFolderName = "limn-recovered";

/** Keys in VS Code's `globalState`, which all workspaces share. */
export const globalStateKeys = {
  /** Whether the user was told once above which price Limn asks. */
  budgetNotice: "limn.budgetNotice",
  /** Whether there is a kept picture. */
  hasKeptPictures: "limn.hasKeptPictures",
} as const;

/** Keys in VS Code's `workspaceState`. */
export const workspaceStateKeys = {
  /** The user's last choices in the flow. */
  lastChoices: "limn.lastChoices",
  /** Reference images of the panel's draft. */
  draftReferences: "limn.draftReferences",
  /** Image files that were overwritten. */
  replacedImages: "limn.replaced",
} as const;
