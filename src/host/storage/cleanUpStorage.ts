import { dirname } from "node:path";
import { Uri, workspace } from "vscode";
import { targetFolders } from "../../core/files/keep.ts";
import type { Job } from "../../core/jobs/job.ts";
import type { Family } from "../../core/models/model.ts";
import { inSlices } from "../../core/slices.ts";
import { deleteStaleCopies } from "../lightTable/copies.ts";
import type { Services } from "../services.ts";
import { deleteUnusedReferences } from "./droppedReferences.ts";
import {
  droppedReferencesFolder,
  jobsFolder,
  replacedImagesFolder,
  sharedPromptsPath,
  thumbnailsFolder,
  vaultFolder,
} from "./storagePaths.ts";
import { removeStaleTempFilesIn } from "./tempFile.ts";

const parentFolder = (uri: string): string => uri.slice(0, uri.lastIndexOf("/"));

/**
 * URIs of the folders that a job's pictures were written to, or may have been when a window closed.
 */
const jobFolders = (family: Family, job: Job): string[] => [
  ...targetFolders(family, job),
  ...job.pictures.flatMap(({ kept }) => kept).map(parentFolder),
  ...job.request.references.flatMap(({ source }) => (source === undefined ? [] : [parentFolder(source)])),
];

/** Deletes the temporary files of crashed processes, in every folder that Limn writes to. */
async function deleteStaleTempFiles(
  { storage, jobs, family, ports }: Pick<Services, "storage" | "jobs" | "family" | "ports">,
  closing: AbortSignal,
): Promise<void> {
  const folders = new Set<string>();
  const addFolders = (job: Job) => jobFolders(family, job).forEach((folder) => void folders.add(folder));
  await inSlices(jobs.journal.list(), addFolders, ports, closing);
  const sharedPromptFolders = (workspace.workspaceFolders ?? []).map(({ uri }) =>
    Uri.joinPath(uri, dirname(sharedPromptsPath)),
  );
  const workspacePaths = [...[...folders].map((folder) => Uri.parse(folder)), ...sharedPromptFolders]
    .filter(({ scheme }) => scheme === "file")
    .map(({ fsPath }) => fsPath);
  const ownPaths = [
    storage,
    jobsFolder(storage),
    vaultFolder(storage),
    thumbnailsFolder(storage),
    replacedImagesFolder(storage),
    droppedReferencesFolder(storage),
  ];
  for (const folder of new Set([...ownPaths, ...workspacePaths])) {
    await removeStaleTempFilesIn(folder);
  }
}

/** Deletes images that were dropped into the panel and that no draft and no job needs any more. */
async function deleteOldReferences({
  storage,
  jobs,
  ports,
  draftReferences,
}: Pick<Services, "storage" | "jobs" | "ports" | "draftReferences">): Promise<void> {
  const unreadable = jobs.journal.unreadable().map(({ taskUUID }) => ports.journal.read(taskUUID));
  const uses = {
    draft: draftReferences.storedUris,
    // “Try Again” and “Reuse” read the images of any job that is not forgotten.
    jobs: jobs.journal.list().flatMap(({ request }) => request.references.flatMap(({ source }) => source ?? [])),
    unreadableJobs: (await Promise.all(unreadable)).flatMap((text) => text ?? []),
  };
  await deleteUnusedReferences(droppedReferencesFolder(storage), uses, ports.now());
}

/**
 * Deletes files that Limn does not need any more: what crashed processes left, and old references.
 * `closing` aborts when the window closes.
 */
export async function cleanUpStorage(services: Services, closing: AbortSignal): Promise<void> {
  const { jobs, log, storage } = services;
  try {
    await deleteStaleCopies(storage, log);
    await jobs.journal.load();
    await deleteStaleTempFiles(services, closing);
    await deleteOldReferences(services);
  } catch (error) {
    log.warn(`Files that are not needed any more could not be deleted: ${String(error)}`);
  }
}
