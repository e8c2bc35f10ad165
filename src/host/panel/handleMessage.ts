import { l10n } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import { type Intent, parseIntent, parsePressOnly } from "../../protocol.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { draftIntents } from "./draft/draftIntents.ts";
import { jobIntents } from "./jobIntents.ts";
import type { IntentByType, IntentHandlers, PanelContext } from "./panelContext.ts";
import { setDraftUpdate, setLastError } from "./panelState.ts";
import { compareIntents } from "./pictures/compareIntents.ts";
import { manyPicturesIntents } from "./pictures/manyPictures.ts";
import { pictureIntents } from "./pictures/pictureIntents.ts";
import { promptIntents } from "./prompts/promptIntents.ts";
import { sheetIntents } from "./sheetIntents.ts";

/** The handler of each intent. */
const handlers: IntentHandlers = {
  ...draftIntents,
  ...jobIntents,
  ...pictureIntents,
  ...manyPicturesIntents,
  ...compareIntents,
  ...promptIntents,
  ...sheetIntents,
};

const handleIntent = <Type extends keyof IntentByType>(
  context: PanelContext,
  type: Type,
  intent: IntentByType[Type],
): Promise<void> => handlers[type](context, intent);

/** Does what an intent of the light table asks. Rejects with the error of its handler. */
export async function runFromLightTable(context: PanelContext, intent: Intent): Promise<void> {
  await handleIntent(context, intent.type, intent);
  if (intent.type === "useAsReference") {
    // The user goes on in the form.
    setDraftUpdate(context.panelState, {}, { focus: "prompt" });
    await context.services.panelTab.focus();
    context.refresh();
  }
}

/** Intents that the page sends without the user: they do not clear the error in the form. */
const passiveIntents: ReadonlySet<Intent["type"]> = new Set([
  "ready",
  "previewPath",
  "keepDraft",
  "showSheet",
  "findPrompts",
  "measureVault",
]);

/** The type of an invalid message, for the log. */
function nameOf(message: unknown): string {
  const type = typeof message === "object" && message !== null && "type" in message ? message.type : message;
  return typeof type === "string" ? JSON.stringify(type.slice(0, 40)) : typeof type;
}

/** Answers a press in an invalid message. Without an answer, its button would stay disabled. */
function rejectUnreadablePress({ presses, panelState, refresh }: PanelContext, message: unknown): void {
  const press = parsePressOnly(message);
  if (press !== undefined) {
    presses.markHandled({ id: press });
    setLastError(
      panelState,
      new LimnError("input", l10n.t("A value in the form is not valid, so nothing was bought. Check the fields.")),
    );
    refresh();
  }
}

/**
 * Handles a message of the page. Drops and logs a message that is not a valid intent. Shows the
 * error of a handler in the form.
 */
export async function handleMessage(context: PanelContext, message: unknown): Promise<void> {
  const { panelState, services } = context;
  const intent = parseIntent(message);
  if (intent === undefined) {
    services.log.warn(`A message of the panel was dropped because it is not a valid intent: ${nameOf(message)}`);
    rejectUnreadablePress(context, message);
    return;
  }
  if ("press" in intent && context.presses.isKnown(intent.press)) {
    services.log.warn(`A second “${intent.type}” with the same press id was dropped, so that nothing is bought twice.`);
    return;
  }
  if (!passiveIntents.has(intent.type) && panelState.lastError !== undefined) {
    delete panelState.lastError;
    context.refresh();
  }
  try {
    await handleIntent(context, intent.type, intent);
  } catch (error) {
    if (!isStopped(error)) {
      services.log.warn(`“${intent.type}” failed: ${errorMessage(error)}`);
      setLastError(panelState, error);
    }
  }
  context.refresh();
}
