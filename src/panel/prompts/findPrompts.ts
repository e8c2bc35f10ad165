import type { PromptView } from "../../protocol.ts";

/** The prompts whose name or text has every word of the search, in the given order. */
export function findPrompts(prompts: readonly PromptView[], search: string): PromptView[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return prompts.filter(({ name = "", text }) => {
    const searchedText = `${name}\n${text}`.toLowerCase();
    return words.every((word) => searchedText.includes(word));
  });
}
