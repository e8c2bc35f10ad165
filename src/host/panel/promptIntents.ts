import { l10n, window } from "vscode";
import { LimnError, stopped } from "../../core/errors.ts";
import { type HistoryEntry, historyOf, nameLimit } from "../../core/prompts.ts";
import { cleanPrompt } from "../../core/promptText.ts";
import { askVariables } from "../askVariables.ts";
import { isSameFile } from "../fileUri.ts";
import { askChoice } from "../flow/step.ts";
import { askText } from "../flow/text.ts";
import { type Step, walk } from "../flow/walk.ts";
import { plain } from "../plain.ts";
import { excerpt } from "../purchase.ts";
import type { Desk, Handlers } from "./desk.ts";
import { noteFill } from "./notes.ts";
import type { SavedPrompt, SavedPrompts, Shelf } from "./savedPrompts.ts";

/** What is known while a prompt is being saved. */
interface Saving {
  readonly shelf: Shelf;
  readonly name: string;
}

const shelfName = ({ folder }: Shelf): string =>
  folder === undefined ? l10n.t("For me, in all workspaces") : l10n.t("For the team, in {0}", folder);

const shelfStep =
  ({ shelves }: SavedPrompts): Step<Saving> =>
  async (place, saving) => {
    const answer = await askChoice<Shelf>(place, {
      placeholder: l10n.t("Where to save the prompt"),
      choices: shelves.map((shelf) => ({
        label: shelfName(shelf),
        ...(shelf.folder === undefined ? {} : { description: ".limn/prompts.json" }),
        value: shelf,
      })),
    });
    return answer === "back" ? answer : { value: { ...saving, shelf: answer.value } };
  };

const nameStep =
  (prompts: SavedPrompts, own?: string): Step<Saving> =>
  async (place, saving) => {
    const isTaken = (name: string) =>
      name !== own &&
      prompts.all.some((prompt) => prompt.name === name && isSameFile(prompt.shelf.uri, saving.shelf.uri));
    const answer = await askText(place, {
      prompt: l10n.t("Name of the prompt"),
      value: saving.name,
      check: async (text) => {
        const name = text.trim();
        if (name === "" || [...name].length > nameLimit) {
          return { kind: "error", message: l10n.t("Write a name of at most {0} characters.", nameLimit) };
        }
        return isTaken(name)
          ? { kind: "error", message: l10n.t("There is a prompt of this name. Choose another name.") }
          : undefined;
      },
    });
    return answer === "back" ? answer : { value: { ...saving, name: answer.value.text.trim() } };
  };

function findSaved({ prompts }: Desk, id: string): SavedPrompt {
  const found = prompts.all.find((prompt) => prompt.id === id);
  if (found === undefined) {
    throw new LimnError("files", l10n.t("This prompt is not saved any more."));
  }
  return found;
}

function findPast({ services: { jobs, promptHistory } }: Desk, id: string): HistoryEntry | undefined {
  return historyOf(jobs.journal.list(), promptHistory.prompts).find((prompt) => prompt.id === id);
}

/** The prompts: those of the history, and those that were saved. */
export const promptIntents = {
  usePrompt: async (desk, { id }) => {
    const used = findPast(desk, id);
    if (used !== undefined) {
      noteFill(desk.notes, { prompt: used.text }, { focus: "prompt" });
      return;
    }
    const { name, text } = findSaved(desk, id);
    noteFill(
      desk.notes,
      { prompt: await askVariables(name, text, desk.services.model.promptLimit) },
      { focus: "prompt" },
    );
  },
  savePrompt: async ({ prompts }, { text }) => {
    const clean = cleanPrompt(text);
    const [shelf] = prompts.shelves;
    if (clean === "" || shelf === undefined) {
      throw new LimnError("input", l10n.t("There is no prompt to save. Write one first."), { field: "prompt" });
    }
    await prompts.load();
    const steps = [...(prompts.shelves.length > 1 ? [shelfStep(prompts)] : []), nameStep(prompts)];
    const saving = await walk(l10n.t("Save Prompt"), steps, { shelf, name: excerpt(clean).replace(/…$/, "") });
    await prompts.replace(saving.shelf, undefined, { name: saving.name, text: clean });
  },
  renamePrompt: async (desk, { id }) => {
    const { shelf, name, text } = findSaved(desk, id);
    const renamed = await walk(l10n.t("Rename Prompt"), [nameStep(desk.prompts, name)], { shelf, name });
    await desk.prompts.replace(shelf, name, { name: renamed.name, text });
  },
  deletePrompt: async (desk, { id }) => {
    const past = findPast(desk, id);
    if (past !== undefined) {
      // That of a job goes with its job.
      await (past.forgotten ? desk.services.promptHistory.remove(past.text) : undefined);
      return;
    }
    const { shelf, name } = findSaved(desk, id);
    const yes = l10n.t("Delete");
    const detail = shelfName(shelf);
    if (
      (await window.showWarningMessage(
        l10n.t("Delete the prompt “{0}”?", plain(name)),
        { modal: true, detail },
        yes,
      )) !== yes
    ) {
      throw stopped();
    }
    await desk.prompts.replace(shelf, name);
  },
} as const satisfies Handlers<"usePrompt" | "savePrompt" | "renamePrompt" | "deletePrompt">;
