import { l10n } from "vscode";
import { LimnError, stoppedError } from "../../../core/errors.ts";
import { type HistoryEntry, listPromptHistory } from "../../../core/request/promptHistory.ts";
import { promptNameLimit } from "../../../core/request/promptLibrary.ts";
import { cleanPrompt } from "../../../core/text/promptText.ts";
import { askChoice } from "../../flow/askChoice.ts";
import { askText } from "../../flow/askText.ts";
import { askVariables } from "../../flow/askVariables.ts";
import { runSteps } from "../../flow/runSteps.ts";
import type { Step } from "../../flow/step.ts";
import { sharedPromptsPath } from "../../storage/storagePaths.ts";
import { confirmInDialog } from "../../ui/dialog.ts";
import { escapeMarkup } from "../../ui/escapeMarkup.ts";
import { promptExcerpt } from "../../ui/promptExcerpt.ts";
import { isSameFile } from "../../workspace/fileUri.ts";
import type { IntentHandlers, PanelContext } from "../panelContext.ts";
import { setDraftUpdate } from "../panelState.ts";
import type { PromptFile, SavedPrompt, SavedPrompts } from "./savedPrompts.ts";

/** What the user has entered while a prompt is saved. */
interface SavePromptDraft {
  readonly file: PromptFile;
  readonly name: string;
}

const promptFileLabel = ({ folder }: PromptFile): string =>
  folder === undefined ? l10n.t("For me, in all workspaces") : l10n.t("For the team, in {0}", folder);

const promptFileStep =
  ({ files }: SavedPrompts): Step<SavePromptDraft> =>
  async (position, draft) => {
    const answer = await askChoice<PromptFile>(position, {
      placeholder: l10n.t("Where to save the prompt"),
      choices: files.map((file) => ({
        label: promptFileLabel(file),
        ...(file.folder === undefined ? {} : { description: sharedPromptsPath }),
        value: file,
      })),
    });
    return answer === "back" ? answer : { value: { ...draft, file: answer.value } };
  };

const nameStep =
  (prompts: SavedPrompts, currentName?: string): Step<SavePromptDraft> =>
  async (position, draft) => {
    const isTaken = (name: string) =>
      name !== currentName &&
      prompts.all.some((prompt) => prompt.name === name && isSameFile(prompt.file.uri, draft.file.uri));
    const answer = await askText(position, {
      prompt: l10n.t("Name of the prompt"),
      value: draft.name,
      check: async (text) => {
        const name = text.trim();
        if (name === "" || [...name].length > promptNameLimit) {
          return { kind: "error", message: l10n.t("Write a name of at most {0} characters.", promptNameLimit) };
        }
        return isTaken(name)
          ? { kind: "error", message: l10n.t("There is a prompt of this name. Choose another name.") }
          : undefined;
      },
    });
    return answer === "back" ? answer : { value: { ...draft, name: answer.value.text.trim() } };
  };

function findSaved({ prompts }: PanelContext, id: string): SavedPrompt {
  const found = prompts.all.find((prompt) => prompt.id === id);
  if (found === undefined) {
    throw new LimnError("files", l10n.t("This prompt is not saved any more."));
  }
  return found;
}

function findHistoryEntry({ services: { jobs, promptHistory } }: PanelContext, id: string): HistoryEntry | undefined {
  return listPromptHistory(jobs.journal.list(), promptHistory.prompts).find((prompt) => prompt.id === id);
}

/** Intents on prompts of the history and on saved prompts. */
export const promptIntents = {
  findPrompts: ({ feed, answer }, { search }) => {
    feed.findPrompts(search);
    return answer();
  },
  usePrompt: async (context, { id }) => {
    const entry = findHistoryEntry(context, id);
    if (entry !== undefined) {
      setDraftUpdate(context.panelState, { prompt: entry.text }, { focus: "prompt" });
      return;
    }
    const { name, text } = findSaved(context, id);
    setDraftUpdate(
      context.panelState,
      { prompt: await askVariables(name, text, context.services.draftReferences.model) },
      { focus: "prompt" },
    );
  },
  savePrompt: async ({ prompts }, { text }) => {
    const clean = cleanPrompt(text);
    const [file] = prompts.files;
    if (clean === "" || file === undefined) {
      throw new LimnError("input", l10n.t("There is no prompt to save. Write one first."), { field: "prompt" });
    }
    await prompts.load();
    const steps = [...(prompts.files.length > 1 ? [promptFileStep(prompts)] : []), nameStep(prompts)];
    const draft = await runSteps(l10n.t("Save Prompt"), steps, { file, name: promptExcerpt(clean).replace(/…$/, "") });
    await prompts.update(draft.file, undefined, { name: draft.name, text: clean });
  },
  renamePrompt: async (context, { id }) => {
    const { file, name, text } = findSaved(context, id);
    const renamed = await runSteps(l10n.t("Rename Prompt"), [nameStep(context.prompts, name)], { file, name });
    await context.prompts.update(file, name, { name: renamed.name, text });
  },
  deletePrompt: async (context, { id }) => {
    const entry = findHistoryEntry(context, id);
    if (entry !== undefined) {
      // The prompt of a job stays in the history until its job is forgotten.
      await (entry.isForgotten ? context.services.promptHistory.remove(entry.text) : undefined);
      return;
    }
    const { file, name } = findSaved(context, id);
    const question = l10n.t("Delete the prompt “{0}”?", escapeMarkup(name));
    if (!(await confirmInDialog(question, promptFileLabel(file), l10n.t("Delete")))) {
      throw stoppedError();
    }
    await context.prompts.update(file, name);
  },
} as const satisfies IntentHandlers<"findPrompts" | "usePrompt" | "savePrompt" | "renamePrompt" | "deletePrompt">;
