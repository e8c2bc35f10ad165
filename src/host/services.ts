import type { EventEmitter, LogOutputChannel, Uri } from "vscode";
import type { DuplicatePresses } from "../core/duplicatePress.ts";
import type { Jobs } from "../core/jobs.ts";
import type { Model } from "../core/model.ts";
import type { Ports } from "../core/ports.ts";
import type { Imaging } from "../imaging/imaging.ts";
import type { CommandResult } from "./commandResult.ts";
import type { Engine } from "./engine.ts";
import type { KeyStore } from "./key.ts";
import type { Markers } from "./markers.ts";
import type { Memory } from "./memory.ts";
import type { DraftReferences } from "./panel/draftReferences.ts";
import type { Replaced } from "./panel/replaced.ts";
import type { Thumbnails } from "./panel/thumbnails.ts";
import type { PromptHistory } from "./promptHistory.ts";
import type { SpendingReport } from "./spending/spending.ts";

/** What commands work with; built once, in `extension.ts`. */
export interface Services {
  readonly model: Model;
  readonly ports: Ports;
  readonly jobs: Jobs;
  readonly markers: Markers;
  /** Purchases of commands with an argument, by which a held key buys once. */
  readonly presses: DuplicatePresses<CommandResult>;
  readonly engine: Engine;
  readonly keys: KeyStore;
  readonly imaging: Imaging;
  readonly memory: Memory;
  /** Reference images of the panel's draft. */
  readonly references: DraftReferences;
  readonly thumbnails: Thumbnails;
  /** Prompts of jobs that were forgotten. */
  readonly promptHistory: PromptHistory;
  /** Image files that were written over, with the way back. */
  readonly replaced: Replaced;
  /** Fires when the user asks to see the pictures: the panel comes into view and scrolls to them. */
  readonly revealPictures: EventEmitter<void>;
  /** The spending report's document. */
  readonly spending: SpendingReport;
  /** Folder of the built extension: scripts and styles of the pages. */
  readonly dist: Uri;
  /** Folder for everything of Limn's own on the extension host's disk. */
  readonly storage: string;
  /** Folder of the vault on the extension host's disk. */
  readonly vault: string;
  readonly log: LogOutputChannel;
}
