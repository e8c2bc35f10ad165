import type { StepPosition, StepResult } from "./step.ts";

/** One step: asks, and gives the draft with the answer in it. */
export type Step<Draft> = (place: StepPosition, draft: Draft) => Promise<StepResult<Draft>>;

/** The steps of a flow: always the same ones, or those that the answers so far call for. */
export type Steps<Draft> = readonly Step<Draft>[] | ((draft: Draft) => readonly Step<Draft>[]);

/**
 * Walks a person through steps, forward and back. Rejects with kind `stopped` on Escape at any of
 * them.
 */
export async function runSteps<Draft>(title: string, flowSteps: Steps<Draft>, start: Draft): Promise<Draft> {
  let draft = start;
  for (let index = 0; ; ) {
    const steps = typeof flowSteps === "function" ? flowSteps(draft) : flowSteps;
    const step = steps[index];
    if (step === undefined) {
      return draft;
    }
    const answer = await step({ title, step: index + 1, totalSteps: steps.length }, draft);
    if (answer === "back") {
      index--;
    } else {
      draft = answer.value;
      index++;
    }
  }
}
