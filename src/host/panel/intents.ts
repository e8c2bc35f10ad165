import { l10n } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import { type Intent, parseIntent, parseLostPress } from "../../protocol.ts";
import { sentence } from "../tell.ts";
import { compareIntents } from "./compareIntents.ts";
import type { Desk, Handlers, Intents } from "./desk.ts";
import { draftIntents } from "./draftIntents.ts";
import { jobIntents } from "./jobIntents.ts";
import { noteTrouble } from "./notes.ts";
import { pictureIntents } from "./pictureIntents.ts";
import { promptIntents } from "./promptIntents.ts";

/** What is done about each intent. */
const handlers: Handlers = {
  ...draftIntents,
  ...jobIntents,
  ...pictureIntents,
  ...compareIntents,
  ...promptIntents,
};

const handle = <Type extends keyof Intents>(desk: Desk, type: Type, intent: Intents[Type]): Promise<void> =>
  handlers[type](desk, intent);

/** Intents that say nothing about what a person wants now, and so leave what the form tells. */
const quiet: ReadonlySet<Intent["type"]> = new Set(["ready", "previewPath"]);

/** Answers a press whose message cannot be read: otherwise its button would stay off. */
function dropPress({ presses, notes, refresh }: Desk, message: unknown): void {
  const press = parseLostPress(message);
  if (press !== undefined) {
    presses.drop({ id: press });
    noteTrouble(
      notes,
      new LimnError(
        "input",
        l10n.t("The form holds a value that cannot be sent, so nothing was bought. Check its fields."),
      ),
    );
    refresh();
  }
}

/** Does what a message of the page asks for. One that is no intent is dropped and logged; what goes wrong is told in the panel. */
export async function receive(desk: Desk, message: unknown): Promise<void> {
  const { notes, services } = desk;
  const intent = parseIntent(message);
  if (intent === undefined) {
    const type = typeof message === "object" && message !== null && "type" in message ? message.type : message;
    const name = typeof type === "string" ? JSON.stringify(type.slice(0, 40)) : typeof type;
    services.log.warn(`A message of the panel was dropped, since it is no intent: ${name}`);
    dropPress(desk, message);
    return;
  }
  if ("press" in intent && desk.presses.has(intent.press)) {
    services.log.warn(
      `“${intent.type}” came a second time with the same press, and was dropped: nothing is bought twice.`,
    );
    return;
  }
  if (!quiet.has(intent.type) && notes.trouble !== undefined) {
    delete notes.trouble;
    desk.refresh();
  }
  try {
    await handle(desk, intent.type, intent);
  } catch (error) {
    if (!isStopped(error)) {
      services.log.warn(`“${intent.type}” could not be done: ${sentence(error)}`);
      noteTrouble(notes, error);
    }
  }
  desk.refresh();
}
