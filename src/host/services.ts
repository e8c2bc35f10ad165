import type { EventEmitter, LogOutputChannel, Uri } from "vscode";
import type { DuplicatePresses } from "../core/jobs/duplicatePress.ts";
import type { Jobs } from "../core/jobs/jobs.ts";
import type { Model } from "../core/models/model.ts";
import type { Ports } from "../core/ports.ts";
import type { Imaging } from "../imaging/imaging.ts";
import type { CommandResult } from "./commands/commandResult.ts";
import type { Engine } from "./connection/engine.ts";
import type { KeyStore } from "./connection/keyStore.ts";
import type { JobMarkers } from "./jobs/jobMarkers.ts";
import type { SpendingDocument } from "./money/spendingDocument.ts";
import type { DraftReferences } from "./panel/draft/draftReferences.ts";
import type { ReplacedImages } from "./panel/pictures/replacedImages.ts";
import type { Thumbnails } from "./panel/pictures/thumbnails.ts";
import type { LastChoicesStore } from "./request/lastChoices.ts";
import type { PromptHistory } from "./request/promptHistory.ts";

/** What commands work with; built once, in `extension.ts`. */
export interface Services {
  readonly model: Model;
  readonly ports: Ports;
  readonly jobs: Jobs;
  readonly markers: JobMarkers;
  /** Purchases of commands with an argument, by which a held key buys once. */
  readonly duplicatePresses: DuplicatePresses<CommandResult>;
  readonly engine: Engine;
  readonly keys: KeyStore;
  readonly imaging: Imaging;
  readonly lastChoices: LastChoicesStore;
  /** Reference images of the panel's draft. */
  readonly draftReferences: DraftReferences;
  readonly thumbnails: Thumbnails;
  /** Prompts of jobs that were forgotten. */
  readonly promptHistory: PromptHistory;
  /** Image files that were written over, with the way back. */
  readonly replacedImages: ReplacedImages;
  /**
   * Fires when the user asks to see the pictures: the panel comes into view and scrolls to them.
   */
  readonly revealPictures: EventEmitter<void>;
  /** The spending report's document. */
  readonly spendingDocument: SpendingDocument;
  /** Folder of the built extension: scripts and styles of the pages. */
  readonly dist: Uri;
  /** Folder for everything of Limn's own on the extension host's disk. */
  readonly storage: string;
  /** Folder of the vault on the extension host's disk. */
  readonly vault: string;
  readonly log: LogOutputChannel;
}
