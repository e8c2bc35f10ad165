import { l10n } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import { type Intent, parseIntent, parsePressOnly } from "../../protocol.ts";
import { errorMessage } from "../ui/errorMessage.ts";
import { draftIntents } from "./draft/draftIntents.ts";
import { jobIntents } from "./jobIntents.ts";
import type { IntentByType, IntentHandlers, PanelContext } from "./panelContext.ts";
import { setTrouble } from "./panelState.ts";
import { compareIntents } from "./pictures/compareIntents.ts";
import { pictureIntents } from "./pictures/pictureIntents.ts";
import { promptIntents } from "./prompts/promptIntents.ts";

/** What is done about each intent. */
const handlers: IntentHandlers = {
  ...draftIntents,
  ...jobIntents,
  ...pictureIntents,
  ...compareIntents,
  ...promptIntents,
};

const handleIntent = <Type extends keyof IntentByType>(
  context: PanelContext,
  type: Type,
  intent: IntentByType[Type],
): Promise<void> => handlers[type](context, intent);

/** Intents that say nothing about what a person wants now, and so leave what the form tells. */
const passiveIntents: ReadonlySet<Intent["type"]> = new Set(["ready", "previewPath"]);

/** Answers a press whose message cannot be read: otherwise its button would stay off. */
function rejectUnreadablePress({ presses, panelState, refresh }: PanelContext, message: unknown): void {
  const press = parsePressOnly(message);
  if (press !== undefined) {
    presses.markHandled({ id: press });
    setTrouble(
      panelState,
      new LimnError(
        "input",
        l10n.t("The form holds a value that cannot be sent, so nothing was bought. Check its fields."),
      ),
    );
    refresh();
  }
}

/**
 * Does what a message of the page asks for. One that is no intent is dropped and logged; what goes
 * wrong is told in the panel.
 */
export async function handleMessage(context: PanelContext, message: unknown): Promise<void> {
  const { panelState, services } = context;
  const intent = parseIntent(message);
  if (intent === undefined) {
    const type = typeof message === "object" && message !== null && "type" in message ? message.type : message;
    const name = typeof type === "string" ? JSON.stringify(type.slice(0, 40)) : typeof type;
    services.log.warn(`A message of the panel was dropped, since it is no intent: ${name}`);
    rejectUnreadablePress(context, message);
    return;
  }
  if ("press" in intent && context.presses.isKnown(intent.press)) {
    services.log.warn(
      `“${intent.type}” came a second time with the same press, and was dropped: nothing is bought twice.`,
    );
    return;
  }
  if (!passiveIntents.has(intent.type) && panelState.trouble !== undefined) {
    delete panelState.trouble;
    context.refresh();
  }
  try {
    await handleIntent(context, intent.type, intent);
  } catch (error) {
    if (!isStopped(error)) {
      services.log.warn(`“${intent.type}” could not be done: ${errorMessage(error)}`);
      setTrouble(panelState, error);
    }
  }
  context.refresh();
}
