import { window } from "vscode";
import { isStopped } from "../../core/errors.ts";
import { type Intent, type JobView, parseLightTableIntent, parseTableState } from "../../protocol.ts";
import type { Services } from "../services.ts";
import { fallbackFolders } from "../storage/fallbackFolder.ts";
import type { CropViews } from "../targets/cropViews.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { notify, notifyError } from "../ui/notify.ts";
import { readSource } from "./compareSource.ts";

/** How long a text is in the status bar, in ms. */
const statusBarTime = 10_000;

/** What the light table needs of the panel. */
interface PanelAccess {
  /** Resolves when jobs and files are known. */
  readonly ready: () => Promise<void>;
  readonly jobView: (id: string) => JobView | undefined;
  /** Does what an intent of the panel asks. */
  readonly run: (intent: Intent) => Promise<void>;
  /** Shows the panel, and moves the focus to its pictures. */
  readonly revealPictures: () => Promise<void>;
}

/** Connects the light table with the services and the panel. */
export function connectLightTable(services: Services, panel: PanelAccess): void {
  const { jobs, lightTable, thumbnails, dist, storage, vault, log, ports } = services;
  let crops: CropViews | undefined;
  const loadCrops = async () => {
    const { CropViews } = await import("../targets/pictureTargets.ts");
    crops ??= new CropViews(services);
    return crops;
  };
  lightTable.connect({
    ...panel,
    dist,
    storage,
    vault,
    log,
    thumbnails: thumbnails.index.folder,
    fallbackFolders: fallbackFolders(),
    getJob: (id) => jobs.journal.get(id),
    read: (source) => readSource(ports, source),
    cropsOf: async (job) => (job?.request.exportTarget === undefined ? {} : (await loadCrops()).of(job)),
    findCrop: async ({ job, picture }) => (await loadCrops()).find(jobs.journal.get(job), picture),
    parseIntent: parseLightTableIntent,
    parseState: parseTableState,
    errorMessage,
    showError: (error) => void (isStopped(error) ? undefined : notifyError(error, log)),
    notify: (text) => void notify(text),
    showInStatusBar: (text) => void window.setStatusBarMessage(text, statusBarTime),
  });
}
