import { dirname, join } from "node:path";
import { Uri, workspace } from "vscode";
import type { Job } from "../core/job.ts";
import { targetFolders } from "../core/keep.ts";
import type { Model } from "../core/model.ts";
import { sharedPath } from "./panel/savedPrompts.ts";
import type { Services } from "./services.ts";
import { clearTemporaries } from "./temporary.ts";

/** Limn's own folders in which files are replaced. */
const own = ["", "jobs", "vault", "thumbnails", "replaced"];

const folderOf = (uri: Uri): Uri => Uri.joinPath(uri, "..");

/** The folders that a job's pictures were written to, or may have been when a window ended. */
const foldersOf = (model: Model, job: Job): Uri[] => [
  ...targetFolders(model, job).map((folder) => Uri.parse(folder)),
  ...job.pictures.flatMap(({ kept }) => kept).map((uri) => folderOf(Uri.parse(uri))),
  ...job.request.references.flatMap(({ source }) => (source === undefined ? [] : [folderOf(Uri.parse(source))])),
];

/** Removes the temporary files that a crash has left, wherever Limn writes: the journal tells where that is. */
export async function clearLitter({
  storage,
  jobs,
  log,
  model,
}: Pick<Services, "storage" | "jobs" | "log" | "model">): Promise<void> {
  try {
    await jobs.journal.load();
    const shared = (workspace.workspaceFolders ?? []).map(({ uri }) => Uri.joinPath(uri, dirname(sharedPath)));
    const others = [...jobs.journal.list().flatMap((job) => foldersOf(model, job)), ...shared];
    const paths = others.filter(({ scheme }) => scheme === "file").map(({ fsPath }) => fsPath);
    for (const folder of new Set([...own.map((name) => join(storage, name)), ...paths])) {
      await clearTemporaries(folder);
    }
  } catch (error) {
    log.warn(`What a crash may have left could not be cleared away: ${String(error)}`);
  }
}
