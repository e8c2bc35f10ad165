import type { Steps } from "./step.ts";

/**
 * Shows the steps of a flow one by one, forward and back, and resolves with the filled draft.
 * Rejects with kind `stopped` on Escape at any step.
 */
export async function runSteps<Draft>(title: string, flowSteps: Steps<Draft>, initialDraft: Draft): Promise<Draft> {
  let draft = initialDraft;
  for (let index = 0; ; ) {
    const steps = typeof flowSteps === "function" ? flowSteps(draft) : flowSteps;
    const step = steps[index];
    if (step === undefined) {
      return draft;
    }
    const answer = await step({ title, step: index + 1, totalSteps: steps.length }, draft);
    if (answer === "back") {
      index--;
    } else if ("back" in answer) {
      draft = answer.back;
      index--;
    } else if ("restart" in answer) {
      draft = answer.restart;
      index = 0;
    } else {
      draft = answer.value;
      index++;
    }
  }
}
