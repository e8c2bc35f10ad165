import type { EventEmitter, LogOutputChannel, Uri } from "vscode";
import type { DuplicatePresses } from "../core/jobs/duplicatePress.ts";
import type { Jobs } from "../core/jobs/jobs.ts";
import type { Family } from "../core/models/model.ts";
import type { Ports } from "../core/ports.ts";
import type { Imaging } from "../imaging/imaging.ts";
import type { DraftFields } from "../protocol.ts";
import type { CommandResult } from "./commands/commandResult.ts";
import type { Engine } from "./connection/engine.ts";
import type { KeyStore } from "./connection/keyStore.ts";
import type { JobMarkers } from "./jobs/jobMarkers.ts";
import type { LightTable } from "./lightTable/lightTable.ts";
import type { SpendingDocument } from "./money/spendingDocument.ts";
import type { DraftReferences } from "./panel/draft/draftReferences.ts";
import type { KeptDraft } from "./panel/draft/keptDraft.ts";
import type { PanelTab } from "./panel/panelTab.ts";
import type { ReplacedImages } from "./panel/pictures/replacedImages.ts";
import type { Thumbnails } from "./panel/pictures/thumbnails.ts";
import type { LastChoicesStore } from "./request/lastChoices.ts";
import type { PromptHistory } from "./request/promptHistory.ts";

/** What commands and the panel work with; `createServices` makes it once. */
export interface Services {
  /** The models that Limn knows. */
  readonly family: Family;
  readonly ports: Ports;
  readonly jobs: Jobs;
  readonly markers: JobMarkers;
  /** Recent purchases of commands with an argument, so that a held key buys once. */
  readonly duplicatePresses: DuplicatePresses<CommandResult>;
  readonly engine: Engine;
  readonly keys: KeyStore;
  readonly imaging: Imaging;
  readonly lastChoices: LastChoicesStore;
  readonly lightTable: LightTable;
  readonly panelTab: PanelTab;
  readonly keptDraft: KeptDraft;
  /** Reference images of the panel's draft. */
  readonly draftReferences: DraftReferences;
  readonly thumbnails: Thumbnails;
  /** Prompts of forgotten jobs. */
  readonly promptHistory: PromptHistory;
  /** Image files that were overwritten, with undo. */
  readonly replacedImages: ReplacedImages;
  /** Fires when the panel should be shown and scrolled to the pictures. */
  readonly revealPictures: EventEmitter<void>;
  /** Fires with the UUID of a job when the panel should be shown with its request in the form. */
  readonly editJob: EventEmitter<string>;
  /** Fires when the panel should be shown with these fields in the form. */
  readonly fillDraft: EventEmitter<DraftFields>;
  /** The document of the spending report. */
  readonly spendingDocument: SpendingDocument;
  /** Folder of the built extension, with the scripts and styles of the pages. */
  readonly dist: Uri;
  /** Limn's storage folder on the extension host's disk. */
  readonly storage: string;
  /** Folder of the vault on the extension host's disk. */
  readonly vault: string;
  readonly log: LogOutputChannel;
}
