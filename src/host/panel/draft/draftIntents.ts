import { commands, l10n, Uri } from "vscode";
import { isStopped, LimnError } from "../../../core/errors.ts";
import type { JobRequest } from "../../../core/request/request.ts";
import type { DraftFields } from "../../../protocol.ts";
import { confirmKeyOrigin } from "../../connection/confirmKeyOrigin.ts";
import { askVariables } from "../../flow/askVariables.ts";
import { flowTitles } from "../../flow/flow.ts";
import { journalErrorNote } from "../../jobs/resultNotes.ts";
import { addSettingToError } from "../../request/settingErrors.ts";
import type { Services } from "../../services.ts";
import { changeSetting } from "../../settings.ts";
import { openAccount, openBudgetSettings, openSettings } from "../../ui/openSettings.ts";
import { chooseImages } from "../../workspace/chooseImages.ts";
import type { IntentByType, IntentHandlers, PanelContext } from "../panelContext.ts";
import { setTrouble } from "../panelState.ts";
import { askRemoteReference } from "./askRemoteReference.ts";
import { referenceId } from "./draftReferences.ts";
import { readUriList, storeDroppedImage } from "./droppedImages.ts";
import { jobRequestOfDraft, previewDraftPath } from "./jobRequest.ts";

/** What the page's commands are. */
const pageCommands = {
  setApiKey: () => commands.executeCommand("limn.setApiKey"),
  checkKey: () => commands.executeCommand("limn.checkKey"),
  trySandbox: () => changeSetting("engine", "sandbox"),
  useRunware: () => changeSetting("engine", "runware"),
  getKey: openAccount,
  showLog: () => commands.executeCommand("limn.showLog"),
  budget: openBudgetSettings,
  settings: openSettings,
  delivery: () =>
    commands.executeCommand(
      "workbench.action.openSettings",
      "@id:limn.deliveryMethod,limn.webhookURL,limn.uploadEndpoint",
    ),
} as const satisfies Readonly<Record<IntentByType["command"]["command"], () => Thenable<unknown>>>;

/**
 * Buys what was ordered. Resolves once that has begun; what becomes of it is told by the job, and
 * by the form only where the job has nothing to say.
 */
export async function startJob(
  { services, panelState, closing, refresh }: PanelContext,
  jobRequest: JobRequest,
): Promise<void> {
  const { jobs, log } = services;
  await confirmKeyOrigin(services);
  const { id, outcome } = await jobs.start(jobRequest, closing).catch((error: unknown) => {
    throw addSettingToError(error, jobRequest.request, Uri.parse(jobRequest.target.folder));
  });
  const finished = outcome.then(() => {
    const note = journalErrorNote(services, id);
    if (note !== undefined) {
      throw new LimnError("files", note);
    }
  });
  finished.catch((error: unknown) => {
    if (isStopped(error)) {
      return;
    }
    log.warn(`Job ${id} ended with trouble: ${error instanceof Error ? error.message : String(error)}`);
    const job = jobs.journal.get(id);
    if (job?.state !== "unknown" && job?.failures.length === 0) {
      setTrouble(panelState, error);
    }
    refresh();
  });
}

/**
 * The draft with the variables of its prompt filled in. The page keeps the prompt as it was typed.
 */
async function fillPromptVariables({ model }: Services, draft: DraftFields): Promise<DraftFields> {
  const { prompt = "" } = draft;
  return { ...draft, prompt: await askVariables(flowTitles.generate(), prompt, model.promptLimit) };
}

/** The form: what is wanted, and what it is made of. */
export const draftIntents = {
  ready: ({ connectPage }) => connectPage(),
  command: async (context, { command }) => {
    await pageCommands[command]();
    await context.reload();
  },
  generate: (context, { press, draft }) => {
    const { services, presses } = context;
    const key = JSON.stringify([draft, services.draftReferences.current.references.map(referenceId)]);
    return presses.accept({ id: press }, key, async () => {
      // The references are those at the press: later changes belong to the next press.
      const references = services.draftReferences.refresh();
      references.catch(() => undefined);
      // A question may stand for hours: no other purchase waits for its answer.
      const filledDraft = await fillPromptVariables(services, draft);
      return presses.enqueue(async () => startJob(context, await jobRequestOfDraft(services, filledDraft, references)));
    });
  },
  previewPath: async ({ services, panelState }, { draft }) => {
    await services.draftReferences.restore();
    panelState.pathPreview = await previewDraftPath(services, draft);
  },
  dismissTrouble: async () => undefined,
  addReferences: async ({ services }) => {
    const uris = await chooseImages(l10n.t("Add Reference Images"), l10n.t("Add"));
    await services.draftReferences.add(uris.map((uri) => ({ uri })));
  },
  addRemoteReference: async ({ services }) => services.draftReferences.add([await askRemoteReference()]),
  dropUris: async ({ services }, { list }) => services.draftReferences.add(readUriList(list)),
  dropImage: async ({ services: { draftReferences: references, ports, storage } }, image) =>
    references.add(storeDroppedImage(ports, storage, image).then((stored) => [stored])),
  moveReference: async ({ services }, { id, to }) => services.draftReferences.move(id, to),
  removeReference: async ({ services }, { id }) => services.draftReferences.remove(id),
} as const satisfies IntentHandlers<
  | "ready"
  | "command"
  | "generate"
  | "previewPath"
  | "dismissTrouble"
  | "addReferences"
  | "addRemoteReference"
  | "dropUris"
  | "dropImage"
  | "moveReference"
  | "removeReference"
>;
