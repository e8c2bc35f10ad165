import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { EventEmitter, Uri } from "vscode";
import { DuplicatePresses } from "../core/jobs/duplicatePress.ts";
import { Jobs } from "../core/jobs/jobs.ts";
import { family } from "../core/models/family.ts";
import type { PictureHeader, Ports } from "../core/ports.ts";
import { createImaging } from "../imaging/imaging.ts";
import type { DraftFields } from "../protocol.ts";
import { createEngine } from "./connection/engine.ts";
import { createKeyStore } from "./connection/keyStore.ts";
import { createSandboxHost } from "./connection/sandboxHost.ts";
import { userTimeout } from "./connection/timeout.ts";
import type { JobMarkerFolder } from "./jobs/jobMarkerFolder.ts";
import { JobMarkers } from "./jobs/jobMarkers.ts";
import { LightTable } from "./lightTable/lightTable.ts";
import type { LimnContext } from "./limnContext.ts";
import { createBudget } from "./money/budget.ts";
import { SpendingDocument } from "./money/spendingDocument.ts";
import { workspaceOf } from "./money/workspaces.ts";
import { DraftReferences } from "./panel/draft/draftReferences.ts";
import { KeptDraft } from "./panel/draft/keptDraft.ts";
import { PanelTab } from "./panel/panelTab.ts";
import { ReplacedImages } from "./panel/pictures/replacedImages.ts";
import { Thumbnails } from "./panel/pictures/thumbnails.ts";
import { createLastChoicesStore } from "./request/lastChoices.ts";
import { modelFromSettings } from "./request/modelSetting.ts";
import { PromptHistory } from "./request/promptHistory.ts";
import type { Services } from "./services.ts";
import { fallbackFolders, locatePicture } from "./storage/fallbackFolder.ts";
import { makeFolderPrivate } from "./storage/privateFolder.ts";
import { createJournalPort, createVaultPort } from "./storage/storage.ts";
import {
  jobIndexFile,
  jobsFolder,
  promptHistoryFile,
  replacedImagesFolder,
  sandboxStateFile,
  thumbnailsFolder,
  vaultFolder,
} from "./storage/storagePaths.ts";
import { startTimer } from "./timer.ts";
import { createLog } from "./ui/log.ts";
import { setActionLog } from "./ui/notify.ts";
import { workspaceFiles } from "./workspace/workspaceFiles.ts";

/**
 * Loads the reader of headers with the first picture, because `image-meta` is large; not by
 * `import()`, because the answer may not wait.
 */
function probe(bytes: Uint8Array): PictureHeader | undefined {
  const header: typeof import("../imaging/probe.ts") = require("../imaging/probe.ts");
  return header.probe(bytes);
}

/**
 * Creates the ports from VS Code and Node, and everything that works on them. Disposables go into
 * the context's subscriptions.
 */
export function createServices(context: LimnContext, markerFolder: JobMarkerFolder): Services {
  const { globalStorageUri, extensionUri, subscriptions, workspaceState } = context;
  const log = createLog();
  const dist = join(extensionUri.fsPath, "dist");
  const storage = globalStorageUri.fsPath;
  setActionLog(log);
  makeFolderPrivate(storage, log);
  const imaging = createImaging({ processPath: join(dist, "imaging-process.js") });
  const keys = createKeyStore(context, log);
  const sandbox = createSandboxHost({ imaging, dist, stateFile: sandboxStateFile(storage), log });
  const engine = createEngine(keys, sandbox);
  const markers = new JobMarkers(markerFolder);
  const replacedImages = new ReplacedImages(workspaceState, replacedImagesFolder(storage));
  const locate = (name: string) => locatePicture(vaultFolder(storage), fallbackFolders(), name);
  const ports: Ports = {
    // Read at each call, because VS Code patches the global for proxies and company certificates.
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    timer: startTimer,
    idleTimeoutSetting: userTimeout,
    uuid: () => crypto.randomUUID(),
    endpoint: engine.endpoint,
    journal: createJournalPort({ folder: jobsFolder(storage), indexFile: jobIndexFile(storage) }, markers),
    vault: createVaultPort(vaultFolder(storage), fallbackFolders()),
    files: workspaceFiles(vaultFolder(storage), fallbackFolders(), async (uri, picture) =>
      (await import("./missingImages/missingImageCommands.ts")).replaceDraft(replacedImages, uri, picture),
    ),
    budget: createBudget(context.globalState, log),
    workspaceOf,
    probe,
    isOpaque: async (name) => imaging.isOpaque({ file: await locate(name) }),
    decodeBase64: (text) => Buffer.from(text, "base64"),
    searchable: ({ buffer, byteOffset, length }) => Buffer.from(buffer, byteOffset, length),
    log,
  };
  const thumbnails = new Thumbnails(thumbnailsFolder(storage), imaging, locate, log);
  const jobs = new Jobs(ports, family);
  const revealPictures = new EventEmitter<void>();
  const editJob = new EventEmitter<string>();
  const fillDraft = new EventEmitter<DraftFields>();
  subscriptions.push(log, sandbox, thumbnails.index, revealPictures, editJob, fillDraft, {
    dispose: () => void imaging.dispose(),
  });
  return {
    family,
    ports,
    jobs,
    markers,
    duplicatePresses: new DuplicatePresses(ports),
    engine,
    keys,
    imaging,
    lastChoices: createLastChoicesStore(workspaceState),
    lightTable: new LightTable(),
    panelTab: new PanelTab(context),
    keptDraft: new KeptDraft(workspaceState),
    draftReferences: new DraftReferences({
      state: workspaceState,
      imaging,
      family,
      defaultModel: () => modelFromSettings(family),
      thumbnails,
      log,
    }),
    thumbnails,
    promptHistory: new PromptHistory(promptHistoryFile(storage), log),
    replacedImages,
    revealPictures,
    editJob,
    fillDraft,
    spendingDocument: new SpendingDocument(jobs.journal),
    dist: Uri.joinPath(extensionUri, "dist"),
    storage,
    vault: vaultFolder(storage),
    log,
  };
}
