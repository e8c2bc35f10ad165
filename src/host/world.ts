import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { EventEmitter, type ExtensionContext, Uri } from "vscode";
import { DuplicatePresses } from "../core/duplicatePress.ts";
import { Jobs } from "../core/jobs.ts";
import { klingImage3 } from "../core/kling.ts";
import type { Ports } from "../core/ports.ts";
import { createImaging } from "../imaging/imaging.ts";
import { probe } from "../imaging/probe.ts";
import { startTimer } from "./alarm.ts";
import { createBudget } from "./budget.ts";
import { createEngine } from "./engine.ts";
import { makeFolderPrivate } from "./keepPrivate.ts";
import { createKeyStore } from "./key.ts";
import { createLog } from "./log.ts";
import { JobMarkers } from "./markers.ts";
import { createLastChoicesStore } from "./memory.ts";
import type { JobMarkerFolder } from "./openJobs.ts";
import { DraftReferences } from "./panel/draftReferences.ts";
import { ReplacedImages } from "./panel/replaced.ts";
import { Thumbnails } from "./panel/thumbnails.ts";
import { PromptHistory } from "./promptHistory.ts";
import { fallbackFolders } from "./refuge.ts";
import { createSandboxHost } from "./sandboxHost.ts";
import type { Services } from "./services.ts";
import { SpendingDocument } from "./spending/spending.ts";
import { workspaceOf } from "./spending/workspaces.ts";
import { createJournalPort, createVaultPort } from "./storage.ts";
import { setActionLog } from "./tell.ts";
import { userTimeout } from "./timeout.ts";
import { workspaceFiles } from "./workspaceFiles.ts";

/** Builds the ports from VS Code and Node, and the core on them. What needs an end gets it through the context's subscriptions. */
export function createServices(context: ExtensionContext, markerFolder: JobMarkerFolder): Services {
  const { globalStorageUri, extensionUri, secrets, subscriptions, workspaceState } = context;
  const log = createLog();
  const dist = join(extensionUri.fsPath, "dist");
  const storage = globalStorageUri.fsPath;
  const vault = join(storage, "vault");
  setActionLog(log);
  makeFolderPrivate(storage, log);
  const imaging = createImaging({ workerPath: join(dist, "imaging-worker.js") });
  const keys = createKeyStore(secrets, log);
  const sandbox = createSandboxHost({ imaging, dist, stateFile: join(storage, "sandbox.json"), log });
  const engine = createEngine(keys, sandbox);
  const markers = new JobMarkers(markerFolder);
  const ports: Ports = {
    // The global is read at each call: VS Code patches it for proxies and company certificates.
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    timer: startTimer,
    idleTimeoutSetting: userTimeout,
    uuid: () => crypto.randomUUID(),
    endpoint: engine.endpoint,
    journal: createJournalPort(join(storage, "jobs"), markers),
    vault: createVaultPort(vault, fallbackFolders()),
    files: workspaceFiles(vault, fallbackFolders()),
    budget: createBudget(context.globalState, log),
    workspaceOf,
    probe,
    decodeBase64: (text) => Buffer.from(text, "base64"),
    log,
  };
  const thumbnails = new Thumbnails(join(storage, "thumbnails"), imaging, log);
  const jobs = new Jobs(ports, klingImage3);
  const revealPictures = new EventEmitter<void>();
  subscriptions.push(log, sandbox, thumbnails.index, revealPictures, { dispose: () => void imaging.dispose() });
  return {
    model: klingImage3,
    ports,
    jobs,
    markers,
    duplicatePresses: new DuplicatePresses(ports),
    engine,
    keys,
    imaging,
    lastChoices: createLastChoicesStore(workspaceState),
    draftReferences: new DraftReferences({ state: workspaceState, imaging, model: klingImage3, thumbnails, log }),
    thumbnails,
    promptHistory: new PromptHistory(join(storage, "prompt-history.json"), log),
    replacedImages: new ReplacedImages(workspaceState, join(storage, "replaced")),
    revealPictures,
    spendingDocument: new SpendingDocument(jobs.journal),
    dist: Uri.joinPath(extensionUri, "dist"),
    storage,
    vault,
    log,
  };
}
