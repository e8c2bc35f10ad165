import { listPromptHistory } from "../../../core/request/promptHistory.ts";
import type { PanelContext } from "../panelContext.ts";
import type { PromptLists } from "./promptsView.ts";

/** The saved prompts and the history, as the page shows them. */
export const promptLists = ({ services, prompts }: Pick<PanelContext, "services" | "prompts">): PromptLists => ({
  saved: prompts.all.map(({ id, name, text, file }) => ({
    id,
    name,
    text,
    isRemovable: true,
    isShared: file.folder !== undefined,
  })),
  history: listPromptHistory(services.jobs.journal.list(), services.promptHistory.prompts).map(
    ({ id, text, isForgotten }) => ({ id, text, isRemovable: isForgotten, isShared: false }),
  ),
});
