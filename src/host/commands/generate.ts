import { l10n, window, workspace } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { selectedText } from "../../core/links/selectedText.ts";
import type { CommandArgument } from "../../core/request/argumentSchema.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import { ensureEngine } from "../connection/ensureEngine.ts";
import type { FlowStart } from "../flow/askJobRequest.ts";
import { flowTitles } from "../flow/flowTitles.ts";
import { forgetPromptOnStart } from "../flow/unsentPrompt.ts";
import type { CommandId } from "../ids.ts";
import { purchase } from "../jobs/purchase.ts";
import { currentLinkPosition, disposeOnError, TrackedPosition } from "../links/trackedPosition.ts";
import { modelToBuyFrom } from "../request/modelSetting.ts";
import { loadReferences, noReferences } from "../request/references.ts";
import type { Services } from "../services.ts";
import { askImages } from "../workspace/chooseImages.ts";
import { isCommandArgument, jobRequestOfArgument, readCommandArgument } from "./commandArgument.ts";
import type { CommandResult } from "./commandResult.ts";
import { urisFromArguments } from "./urisFromArguments.ts";

/**
 * Buys what a command's argument requests. Calls with the same argument and settings within a
 * second come from a held key, so they share one purchase. The active editor is not part of the
 * comparison, since a picture may open while the key is held.
 */
function buyOnce(
  services: Services,
  command: CommandId,
  input: CommandArgument,
  check: (jobRequest: JobRequest) => void = () => undefined,
): Promise<CommandResult> {
  const key = JSON.stringify([command, input, workspace.getConfiguration("limn")]);
  return services.duplicatePresses.press(key, (started) =>
    disposeOnError(currentLinkPosition(), async (linkPosition) => {
      const jobRequest = await jobRequestOfArgument(services, input);
      check(jobRequest);
      return purchase(services, jobRequest, linkPosition, started);
    }),
  );
}

async function askAndPurchase(
  services: Services,
  start: FlowStart,
  linkPosition: TrackedPosition | undefined,
): Promise<CommandResult> {
  const { askJobRequest } = await import("../flow/steps.ts");
  const answers = await askJobRequest(services, start);
  if (answers.makes === "draft") {
    return (await import("../draftImages/draftCommands.ts")).makeDraftOfAnswers(services, answers, linkPosition);
  }
  return forgetPromptOnStart(services, (onStarted) => purchase(services, answers.jobRequest, linkPosition, onStarted));
}

async function generateFromPrompt(
  services: Services,
  prompt: string,
  linkPosition: TrackedPosition | undefined,
): Promise<CommandResult> {
  await ensureEngine(services);
  return askAndPurchase(
    services,
    { title: flowTitles.generate(), prompt, loaded: noReferences, makes: "picture" },
    linkPosition,
  );
}

/**
 * Generates pictures. Asks the user for the request; with an argument (see
 * `core/request/argumentSchema.ts`) only the budget check may ask.
 */
export async function generate(services: Services, argument?: unknown): Promise<CommandResult> {
  return isCommandArgument(argument)
    ? buyOnce(services, "limn.generate", readCommandArgument(argument))
    : disposeOnError(currentLinkPosition(), (linkPosition) => generateFromPrompt(services, "", linkPosition));
}

/** Generates pictures with the selected text as prompt. Links are inserted after the selection. */
export async function generateFromSelection(services: Services): Promise<CommandResult> {
  const editor = window.activeTextEditor;
  const text = cleanPrompt(selectedText(editor?.document.getText(editor.selection) ?? ""));
  if (editor === undefined || text === "") {
    throw new LimnError(
      "input",
      l10n.t("No text is selected. Select a description of the picture, then run the command again."),
      {
        field: "prompt",
      },
    );
  }
  const end = new TrackedPosition(editor.document, editor.selection.end);
  return disposeOnError(end, (linkPosition) => generateFromPrompt(services, text, linkPosition));
}

/**
 * Edits images: those of a context menu, the one in the active editor, or those chosen in a dialog.
 * All become references, in order. With an argument (see `core/request/argumentSchema.ts`) only the
 * budget check may ask.
 */
export async function edit(
  services: Services,
  uriOrArgument?: unknown,
  selectedUris?: unknown,
): Promise<CommandResult> {
  const selected = urisFromArguments(uriOrArgument, selectedUris);
  if (selected.length === 0 && isCommandArgument(uriOrArgument)) {
    return buyOnce(services, "limn.edit", readCommandArgument(uriOrArgument), ({ request }) => {
      if (request.references.length === 0) {
        throw new LimnError("reference", l10n.t("There is no image to edit. Give at least one in “references”."), {
          field: "references",
        });
      }
    });
  }
  return disposeOnError(currentLinkPosition(), async (linkPosition) => {
    await ensureEngine(services);
    const uris = selected.length > 0 ? selected : await askImages(l10n.t("Choose the Images to Edit"), l10n.t("Edit"));
    const loaded = await loadReferences(uris, services.imaging, modelToBuyFrom(services.family));
    return askAndPurchase(services, { title: flowTitles.edit(), prompt: "", loaded, makes: "picture" }, linkPosition);
  });
}
