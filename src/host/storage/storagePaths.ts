/**
 * Names of everything Limn stores. They are a format: other versions of Limn read the same files
 * and keys. `storage` is always the path of the storage folder, VS Code's `globalStorageUri`.
 */

import { join } from "node:path";

/** Folder of the job files, one JSON file per job. */
export const jobsFolder = (storage: string): string => join(storage, "jobs");

/** File with the content of most job files, which is read faster than they are. */
export const jobIndexFile = (storage: string): string => join(storage, "job-index.jsonl");

/**
 * Folder of the job markers, one empty file per job that is not finished; see `JobMarkerFolder`.
 */
export const jobMarkersFolder = (storage: string): string => join(storage, "open");

/** Folder of the vault: every picture that arrived. */
export const vaultFolder = (storage: string): string => join(storage, "vault");

/** Folder of the small previews of pictures. */
export const thumbnailsFolder = (storage: string): string => join(storage, "thumbnails");

/** Folder of the old bytes of image files that were overwritten. */
export const replacedImagesFolder = (storage: string): string => join(storage, "replaced");

/** Folder of the reference images that were dropped or pasted into the panel. */
export const droppedReferencesFolder = (storage: string): string => join(storage, "references");

/** Folder of the copies of pictures that the light table compares. */
export const compareCopiesFolder = (storage: string): string => join(storage, "compare");

/** File of the tasks that the sandbox has accepted. */
export const sandboxStateFile = (storage: string): string => join(storage, "sandbox.json");

/** File of the user's own saved prompts. */
export const savedPromptsFile = (storage: string): string => join(storage, "prompts.json");

/** Path of the saved prompts of a team, in a workspace folder. */
export const sharedPromptsPath = ".limn/prompts.json";

/** Path of the targets of a project, in a workspace folder. */
export const projectTargetsPath = ".limn/targets.json";

/** File of the prompts of forgotten jobs. */
export const promptHistoryFile = (storage: string): string => join(storage, "prompt-history.json");

/**
 * Name of a temporary file in any folder that Limn writes to. It contains the process id, so that
 * files of crashed processes can be recognized.
 */
export const tempFileName = (pid: number, uuid: string): string => `.limn-${pid}-${uuid}.tmp`;

/** Matches the name of a temporary file; its first group is the process id. */
export const tempFilePattern = /^\.limn-(\d+)-[\da-f-]{36}\.tmp$/;

/**
 * Name of the folders for pictures that the vault cannot take. They are outside the storage folder.
 */
export const fallbackFolderName = "limn-recovered";

/** Key in `globalState`: whether Limn has explained once above which price it asks. */
export const budgetNoticeKey = "limn.budgetNotice";

/** Key in `globalState`: whether an API key was stored when it was read last; never the key. */
export const isKeyStoredKey = "limn.isKeyStored";

/** Key in `globalState`: the steps of the walkthrough that were done. */
export const completedStepsKey = "limn.completedSteps";

/** Key in `workspaceState`: the user's last choices. */
export const lastChoicesKey = "limn.lastChoices";

/** Key in `workspaceState`: the reference images of the panel's draft. */
export const draftReferencesKey = "limn.draftReferences";

/** Key in `workspaceState`: the panel's draft, and where it was changed last. */
export const draftKey = "limn.draft";

/** Key in `workspaceState`: id of the model of the panel's draft. */
export const draftModelKey = "limn.draftModel";

/** Key in `workspaceState`: the image files that were overwritten. */
export const replacedImagesKey = "limn.replaced";
