import type { Uri } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import type { LogPort } from "../../core/ports.ts";
import type { CropsById, Intent, JobView, LightTableIntent, PictureRef } from "../../protocol.ts";
import type { ReadSource } from "./compareSource.ts";

/** What the tab works with. Functions of the main bundle are here, since this one has no copy. */
export interface LightTableDeps {
  /** Folder of the built extension. */
  readonly dist: Uri;
  /** Limn's storage folder. */
  readonly storage: string;
  /** Folder of the vault. */
  readonly vault: string;
  readonly log: LogPort;
  /** Folder of the thumbnails. */
  readonly thumbnails: string;
  /** Folders of pictures that the vault could not take. */
  readonly fallbackFolders: readonly string[];
  /** Resolves when jobs and files are known. */
  ready(): Promise<void>;
  /** `undefined` if there is no such job, or it was forgotten. */
  getJob(id: string): Job | undefined;
  /** `undefined` if there is nothing of the job to show. */
  jobView(id: string): JobView | undefined;
  readonly read: ReadSource;
  /** How the pictures of a job are cropped for its target. */
  cropsOf(job: Job | undefined): Promise<CropsById>;
  /** Finds out where a picture is cropped if the user does not choose it. */
  findCrop(picture: PictureRef): Promise<void>;
  parseIntent(message: unknown): LightTableIntent | undefined;
  /** Reads the picture that a page has kept for a reload. */
  parseState(state: unknown): PictureRef | undefined;
  /** Does what the panel's page may ask too. */
  run(intent: Intent): Promise<void>;
  /** Shows the panel, and moves the focus to its pictures. */
  revealPictures(): Promise<void>;
  errorMessage(error: unknown): string;
  showError(error: unknown): void;
  notify(text: string): void;
  /** Shows a text for some seconds. */
  showInStatusBar(text: string): void;
}

/** How a picture or a comparison is opened. */
export interface OpenOptions {
  /** Whether the user was in the panel, which Escape leads back to. */
  readonly isFromPanel?: boolean;
  /** Leaves the focus where it is. */
  readonly preserveFocus?: boolean;
}
