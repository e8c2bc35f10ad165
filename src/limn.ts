import "./host/ui/l10nBundle.ts";
import { type TextEditor, workspace } from "vscode";
import { runCommand } from "./host/commands/commands.ts";
import { createServices } from "./host/createServices.ts";
import type { PurchaseServices } from "./host/hover/purchaseOf.ts";
import type { CommandId } from "./host/ids.ts";
import type { JobMarkerFolder } from "./host/jobs/jobMarkerFolder.ts";
import { createJobResumer } from "./host/jobs/jobResumer.ts";
import type { LightTable } from "./host/lightTable/lightTable.ts";
import type { LimnContext } from "./host/limnContext.ts";
import { setLastTextEditor } from "./host/links/defaultLinkPosition.ts";
import type { LinkProvider } from "./host/links/linkDrop.ts";
import { registerSpending } from "./host/money/register.ts";
import type { Panel } from "./host/panel/panel.ts";
import type { PanelTab } from "./host/panel/panelTab.ts";
import { registerPanel } from "./host/panel/registerPanel.ts";
import type { LastChoicesStore } from "./host/request/lastChoices.ts";
import { watchSteps } from "./host/ui/walkthrough.ts";

// For the bundles that Limn loads on demand; see `sharedByLimn` in build/onDemand.mjs.
export { isStopped, LimnError, stoppedError } from "./core/errors.ts";
export { readRemoteReference, sourceNotStoredError } from "./core/request/remoteReference.ts";
export { parseProjectTargets, targetsFileLimit } from "./core/targets/projectTargets.ts";
export { formatBytes } from "./core/text/byteSize.ts";
export { ensureEngine } from "./host/connection/ensureEngine.ts";
export { askText } from "./host/flow/askText.ts";
export { defaultLinkPosition } from "./host/links/defaultLinkPosition.ts";
export { copyAction, insertAt, insertLink } from "./host/links/insertLink.ts";
export { keepDraggedPicture } from "./host/links/keepDraggedPicture.ts";
export { jobRequestOfDraft } from "./host/panel/draft/jobRequest.ts";
export { addSettingToError } from "./host/request/settingErrors.ts";
export { newTempFile, removeStaleTempFilesIn } from "./host/storage/tempFile.ts";
export { notify, notifyWarning } from "./host/ui/notify.ts";
export { checkFilePath, checkWritable, parseSavePath, parseSaveUri, targetAt } from "./host/workspace/saveLocation.ts";
export { parseCopyPageState, parseCropPageIntent } from "./protocol.ts";

/** All of Limn, once it is loaded. */
export interface Limn {
  readonly panel: Panel;
  readonly panelTab: PanelTab;
  readonly lastChoices: LastChoicesStore;
  readonly lightTable: LightTable;
  /** Inserts links to images that are dropped or pasted into a text. */
  readonly linkProvider: Promise<LinkProvider>;
  /** For the hover of image links, whose code is in another bundle. */
  readonly services: PurchaseServices;
  /** Runs a command; see `runCommand` in `commands.ts`. */
  runCommand(id: CommandId, args: readonly unknown[]): Promise<unknown>;
  /** Continues the jobs that no window polls. */
  resumeJobs(): void;
}

/**
 * Starts Limn. It stops when the context's subscriptions are disposed.
 *
 * @param lastTextEditor returns the text editor that was active last.
 */
export function start(
  context: LimnContext,
  openJobs: JobMarkerFolder,
  lastTextEditor: () => TextEditor | undefined,
): Limn {
  setLastTextEditor(lastTextEditor);
  const services = createServices(context, openJobs);
  const abortController = new AbortController();
  const panel = registerPanel(context, services, abortController.signal);
  const jobResumer = createJobResumer(services, abortController.signal, () => panel.isVisible);
  context.subscriptions.push(
    registerSpending(services),
    watchSteps(context.globalState, services.jobs.journal),
    context.secrets.onDidChange(() => jobResumer.retry()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("limn.apiUrl") && jobResumer.retry()),
    { dispose: () => abortController.abort() },
  );
  const startRest = async () => {
    await panel.whenFormSent();
    if (abortController.signal.aborted) return;
    jobResumer.start();
    const { cleanUpStorage } = await import("./host/storage/cleanUpStorage.ts");
    await cleanUpStorage(services, abortController.signal);
  };
  // Nothing waits for this. If Limn was loaded for the view of the panel, its page is connected in
  // this turn, and its form is sent first.
  setImmediate(() => {
    startRest().catch((error: unknown) => services.log.warn(`The storage could not be cleaned up: ${String(error)}`));
  });
  return {
    panel,
    panelTab: services.panelTab,
    lastChoices: services.lastChoices,
    lightTable: services.lightTable,
    get linkProvider() {
      return import("./host/links/linkDrop.ts").then(({ createLinkProvider }) => createLinkProvider(services));
    },
    services,
    runCommand: (id, args) => runCommand(services, id, args),
    resumeJobs: () => jobResumer.start(),
  };
}
