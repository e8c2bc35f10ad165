import { commands, l10n } from "vscode";
import { estimateCost } from "../../../core/money/price.ts";
import type { DraftFields } from "../../../protocol.ts";
import { ensureEngine } from "../../connection/ensureEngine.ts";
import { askVariables } from "../../flow/askVariables.ts";
import { flowTitles } from "../../flow/flowTitles.ts";
import type { Services } from "../../services.ts";
import { changeSetting } from "../../settings.ts";
import { openAccount, openBudgetSettings, openSettings } from "../../ui/openSettings.ts";
import { findActiveProject } from "../../workspace/activeProject.ts";
import { chooseImages } from "../../workspace/chooseImages.ts";
import type { IntentByType, IntentHandlers } from "../panelContext.ts";
import { startJobs } from "../startJobs.ts";
import { askRemoteReference } from "./askRemoteReference.ts";
import { modelOfDraft, shownModelOf } from "./draftModel.ts";
import { referenceId } from "./draftReferences.ts";
import { previewSavePathOfDraft, shapeOf } from "./draftSaveLocation.ts";
import { readUriList, storeDroppedImage } from "./droppedImages.ts";
import { jobRequestOfDraft } from "./jobRequest.ts";
import { rememberDraft } from "./rememberDraft.ts";

/** What each command of the page runs. */
const pageCommands = {
  setApiKey: () => commands.executeCommand("limn.setApiKey"),
  makeDraft: () => commands.executeCommand("limn.makeDraftFromPanel"),
  checkKey: () => commands.executeCommand("limn.checkKey"),
  useRunware: () => changeSetting("engine", "runware"),
  getKey: openAccount,
  showLog: () => commands.executeCommand("limn.showLog"),
  budget: openBudgetSettings,
  settings: openSettings,
  delivery: () =>
    commands.executeCommand(
      "workbench.action.openSettings",
      "@id:limn.deliveryMethod,limn.outputType,limn.ttl,limn.webhookURL,limn.uploadEndpoint",
    ),
} as const satisfies Readonly<Record<IntentByType["command"]["command"], () => Thenable<unknown>>>;

/** Asks for the variables of the prompt and replaces them. The page keeps the prompt as typed. */
async function fillPromptVariables(services: Services, draft: DraftFields): Promise<DraftFields> {
  const { prompt = "", exportTarget } = draft;
  const model = modelOfDraft(services.family, draft);
  const limits =
    exportTarget === undefined
      ? model
      : await (await import("../../targets/pictureTargets.ts")).promptLimitsFor(services, draft, model);
  return { ...draft, prompt: await askVariables(flowTitles.generate(), prompt, limits) };
}

/** Intents of the form. */
export const draftIntents = {
  ready: ({ connectPage }) => connectPage(),
  command: async (context, { command }) => {
    await pageCommands[command]();
    await context.reload();
  },
  generate: (context, { press, draft, engine }) => {
    const { services, presses } = context;
    const key = JSON.stringify([draft, services.draftReferences.current.references.map(referenceId)]);
    return presses.accept({ id: press }, key, async () => {
      const model = modelOfDraft(services.family, draft);
      // Taken at the press: other references, or another file in front, belong to the next press.
      const references = services.draftReferences.refresh(model);
      const pendingProject = findActiveProject();
      references.catch(() => undefined);
      pendingProject.catch(() => undefined);
      // Outside the queue: the user may take hours to answer, and other purchases must not wait.
      const price = estimateCost(model, shapeOf(draft), draft.count ?? 1);
      const hasAsked = await ensureEngine(services, price, engine);
      const filledDraft = await fillPromptVariables(services, draft);
      if (hasAsked || filledDraft.prompt !== draft.prompt) {
        // The questions took the focus from the panel.
        await services.panelTab.focus();
      }
      return presses.enqueue(async () => {
        const project = await pendingProject;
        const jobRequest = await jobRequestOfDraft(services, filledDraft, project, references);
        await startJobs(context, [jobRequest]);
        await rememberDraft(services, project, jobRequest, await references);
      });
    });
  },
  previewPath: async ({ services, panelState }, { draft }) => {
    await services.draftReferences.useModel(shownModelOf(services.family, draft));
    panelState.savePathPreview = await previewSavePathOfDraft(services, draft);
    panelState.targetPreview =
      draft.exportTarget === undefined
        ? undefined
        : await (await import("../../targets/pictureTargets.ts")).previewTarget(services, draft);
  },
  keepDraft: async ({ recordDraft }, { draft, changedAt }) => recordDraft({ draft, changedAt }),
  // `handleMessage` has cleared the error already.
  dismissError: async () => undefined,
  addReferences: async ({ services }) => {
    const uris = await chooseImages(l10n.t("Add Reference Images"), l10n.t("Add"));
    await services.draftReferences.add(uris.map((uri) => ({ uri })));
  },
  addRemoteReference: async ({ services }) => services.draftReferences.add([await askRemoteReference()]),
  dropUris: async ({ services }, { list }) => services.draftReferences.add(readUriList(list)),
  dropImage: async ({ services: { draftReferences, ports, storage } }, image) =>
    draftReferences.add(storeDroppedImage(ports, storage, image).then((stored) => [stored])),
  moveReference: async ({ services }, { id, to }) => services.draftReferences.move(id, to),
  removeReference: async ({ services }, { id }) => services.draftReferences.remove(id),
} as const satisfies IntentHandlers<
  | "ready"
  | "command"
  | "generate"
  | "previewPath"
  | "keepDraft"
  | "dismissError"
  | "addReferences"
  | "addRemoteReference"
  | "dropUris"
  | "dropImage"
  | "moveReference"
  | "removeReference"
>;
