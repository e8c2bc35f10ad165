import { commands, Disposable } from "vscode";
import type { Journal } from "../../core/journal/journal.ts";
import { walkthroughId, walkthroughKeys } from "../ids.ts";

const completedSteps = new Set<keyof typeof walkthroughKeys>();

const setKey = (step: keyof typeof walkthroughKeys, isDone: boolean) =>
  commands.executeCommand("setContext", walkthroughKeys[step], isDone);

/** Checks a step of the walkthrough off. */
export function completeStep(step: keyof typeof walkthroughKeys): void {
  // Each change of a job asks for it again.
  if (completedSteps.has(step)) {
    return;
  }
  completedSteps.add(step);
  void setKey(step, true);
}

/** Checks the steps off that end with a picture: the first one, and the first edit of an image. */
export function watchFirstPictures(journal: Journal): Disposable {
  const unsubscribe = journal.subscribe((job) => {
    if (job?.pictures.some(({ file }) => file !== undefined)) {
      completeStep("makePicture");
      if (job.request.references.length > 0) {
        completeStep("editImage");
      }
    }
  });
  return new Disposable(() => void unsubscribe());
}

/** Opens the walkthrough in the active group of editors. */
export async function openWalkthrough(): Promise<void> {
  // VS Code loads walkthroughs when the first one opens, and from then on only watches for changes:
  // a key that is true already would never check its step off.
  await Promise.all([...completedSteps].map((step) => setKey(step, false)));
  await commands.executeCommand("workbench.action.openWalkthrough", walkthroughId, false);
  await Promise.all([...completedSteps].map((step) => setKey(step, true)));
}
