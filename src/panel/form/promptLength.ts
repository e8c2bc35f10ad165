import * as l10n from "@vscode/l10n";
import { sentPrompt } from "../../core/request/sentPrompt.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { cleanPrompt } from "../../core/text/promptText.ts";
import type { DraftFields, DraftView } from "../../protocol.ts";

/** How long the prompt of a draft is, as the host counts. */
export interface PromptLength {
  /** Characters that are sent: without spaces and line ends around the prompt, with the hint. */
  readonly length: number;
  /** A sentence on the characters that the hint of the target adds; empty if there are none. */
  readonly hintNote: string;
}

/** The length of the prompt of a draft, with the hint of its target unless the user declined it. */
export function promptLengthOf({ targetPreview }: DraftView, draft: DraftFields): PromptLength {
  const { prompt = "", exportTarget, hint = true } = draft;
  const isHintSent = hint && targetPreview?.target === exportTarget;
  const clean = cleanPrompt(prompt);
  const length = countCharacters(
    sentPrompt({ prompt: clean, promptHint: isHintSent ? targetPreview?.hint : undefined }),
  );
  const added = length - countCharacters(clean);
  return {
    length,
    hintNote: added === 0 ? "" : l10n.t("“For” adds {0} characters to the prompt.", added),
  };
}
