import { commands, Disposable } from "vscode";
import type { Journal } from "../../core/journal/journal.ts";
import { walkthroughId, walkthroughKeys } from "../ids.ts";

const completedSteps = new Set<string>();

/** Checks a step of the walkthrough off. */
export function completeStep(step: keyof typeof walkthroughKeys): void {
  // Each change of a job asks for it again.
  if (completedSteps.has(step)) {
    return;
  }
  completedSteps.add(step);
  void commands.executeCommand("setContext", walkthroughKeys[step], true);
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
  await commands.executeCommand("workbench.action.openWalkthrough", walkthroughId, false);
}
