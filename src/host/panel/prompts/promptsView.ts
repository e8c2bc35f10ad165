import type { PromptsView, PromptView } from "../../../protocol.ts";

/** Maximum number of prompts that the list shows; the others are found by the search. */
const promptLimit = 50;

/** All saved prompts, and those of the history, newest first. */
export interface PromptLists {
  readonly saved: readonly PromptView[];
  readonly history: readonly PromptView[];
}

/** The prompts whose name or text has every word of the search, in the given order. */
function findPrompts(prompts: readonly PromptView[], search: string): readonly PromptView[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return prompts.filter(({ name = "", text }) => {
    const searchedText = `${name}\n${text}`.toLowerCase();
    return words.every((word) => searchedText.includes(word));
  });
}

/** The first prompts that match the search. */
export function promptsView(lists: PromptLists, search: string): PromptsView {
  const saved = findPrompts(lists.saved, search);
  const history = findPrompts(lists.history, search);
  return {
    search,
    saved: saved.slice(0, promptLimit),
    history: history.slice(0, Math.max(0, promptLimit - saved.length)),
    more: Math.max(0, saved.length + history.length - promptLimit),
  };
}
