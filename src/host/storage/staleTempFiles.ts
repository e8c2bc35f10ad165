import { dirname, join } from "node:path";
import { Uri, workspace } from "vscode";
import { targetFolders } from "../../core/files/keep.ts";
import type { Job } from "../../core/jobs/job.ts";
import type { Model } from "../../core/models/model.ts";
import { sharedPromptsPath } from "../panel/prompts/savedPrompts.ts";
import type { Services } from "../services.ts";
import { removeStaleTempFilesIn } from "./tempFile.ts";

/** Limn's own folders in which files are replaced. */
const ownFolders = ["", "jobs", "vault", "thumbnails", "replaced"];

const parentFolder = (uri: Uri): Uri => Uri.joinPath(uri, "..");

/** The folders that a job's pictures were written to, or may have been when a window ended. */
const jobFolders = (model: Model, job: Job): Uri[] => [
  ...targetFolders(model, job).map((folder) => Uri.parse(folder)),
  ...job.pictures.flatMap(({ kept }) => kept).map((uri) => parentFolder(Uri.parse(uri))),
  ...job.request.references.flatMap(({ source }) => (source === undefined ? [] : [parentFolder(Uri.parse(source))])),
];

/**
 * Removes the temporary files that a crash has left, wherever Limn writes: the journal tells where
 * that is.
 */
export async function deleteStaleTempFiles({
  storage,
  jobs,
  log,
  model,
}: Pick<Services, "storage" | "jobs" | "log" | "model">): Promise<void> {
  try {
    await jobs.journal.load();
    const sharedPromptFolders = (workspace.workspaceFolders ?? []).map(({ uri }) =>
      Uri.joinPath(uri, dirname(sharedPromptsPath)),
    );
    const workspaceFolderUris = [
      ...jobs.journal.list().flatMap((job) => jobFolders(model, job)),
      ...sharedPromptFolders,
    ];
    const paths = workspaceFolderUris.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath);
    for (const folder of new Set([...ownFolders.map((name) => join(storage, name)), ...paths])) {
      await removeStaleTempFilesIn(folder);
    }
  } catch (error) {
    log.warn(`What a crash may have left could not be cleared away: ${String(error)}`);
  }
}
