import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { EventEmitter, type ExtensionContext, Uri } from "vscode";
import { DuplicatePresses } from "../core/duplicatePress.ts";
import { Jobs } from "../core/jobs.ts";
import { kling } from "../core/kling.ts";
import type { Ports } from "../core/ports.ts";
import { createImaging } from "../imaging/imaging.ts";
import { probe } from "../imaging/probe.ts";
import { alarm } from "./alarm.ts";
import { createBudget } from "./budget.ts";
import { createEngine } from "./engine.ts";
import { keepPrivate } from "./keepPrivate.ts";
import { createKeyStore } from "./key.ts";
import { createLog } from "./log.ts";
import { Markers } from "./markers.ts";
import { createMemory } from "./memory.ts";
import type { OpenJobs } from "./openJobs.ts";
import { DraftReferences } from "./panel/draftReferences.ts";
import { Replaced } from "./panel/replaced.ts";
import { Thumbnails } from "./panel/thumbnails.ts";
import { PromptHistory } from "./promptHistory.ts";
import { refuges } from "./refuge.ts";
import { createSandboxHost } from "./sandboxHost.ts";
import type { Services } from "./services.ts";
import { SpendingReport } from "./spending/spending.ts";
import { workspaceOf } from "./spending/workspaces.ts";
import { journalIn, vaultIn } from "./storage.ts";
import { logActionErrors } from "./tell.ts";
import { timeout } from "./timeout.ts";
import { workspaceFiles } from "./workspaceFiles.ts";

/** Builds the ports from VS Code and Node, and the core on them. What needs an end gets it through the context's subscriptions. */
export function createServices(context: ExtensionContext, openJobs: OpenJobs): Services {
  const { globalStorageUri, extensionUri, secrets, subscriptions, workspaceState } = context;
  const log = createLog();
  const dist = join(extensionUri.fsPath, "dist");
  const storage = globalStorageUri.fsPath;
  const vault = join(storage, "vault");
  logActionErrors(log);
  keepPrivate(storage, log);
  const imaging = createImaging({ workerPath: join(dist, "imaging-worker.js") });
  const keys = createKeyStore(secrets, log);
  const sandbox = createSandboxHost({ imaging, dist, stateFile: join(storage, "sandbox.json"), log });
  const engine = createEngine(keys, sandbox);
  const markers = new Markers(openJobs);
  const ports: Ports = {
    // The global is read at each call: VS Code patches it for proxies and company certificates.
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    sleep: (ms, signal) => wait(ms, undefined, { signal }),
    alarm,
    timeout,
    uuid: () => crypto.randomUUID(),
    endpoint: engine.endpoint,
    journal: journalIn(join(storage, "jobs"), markers),
    vault: vaultIn(vault, refuges()),
    files: workspaceFiles(vault, refuges()),
    budget: createBudget(context.globalState, log),
    workspaceOf,
    probe,
    decodeBase64: (text) => Buffer.from(text, "base64"),
    log,
  };
  const thumbnails = new Thumbnails(join(storage, "thumbnails"), imaging, log);
  const jobs = new Jobs(ports, kling);
  const revealPictures = new EventEmitter<void>();
  subscriptions.push(log, sandbox, thumbnails.index, revealPictures, { dispose: () => void imaging.dispose() });
  return {
    model: kling,
    ports,
    jobs,
    markers,
    presses: new DuplicatePresses(ports),
    engine,
    keys,
    imaging,
    memory: createMemory(workspaceState),
    references: new DraftReferences({ state: workspaceState, imaging, model: kling, thumbnails, log }),
    thumbnails,
    promptHistory: new PromptHistory(join(storage, "prompt-history.json"), log),
    replaced: new Replaced(workspaceState, join(storage, "replaced")),
    revealPictures,
    spending: new SpendingReport(jobs.journal),
    dist: Uri.joinPath(extensionUri, "dist"),
    storage,
    vault,
    log,
  };
}
