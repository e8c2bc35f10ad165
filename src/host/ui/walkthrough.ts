import { commands, Disposable, type Memento } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import type { Journal } from "../../core/journal/journal.ts";
import { walkthroughId, walkthroughKeys } from "../ids.ts";
import type { Services } from "../services.ts";
import { completedStepsKey } from "../storage/storagePaths.ts";

type Step = keyof typeof walkthroughKeys;

const completedSteps = new Set<Step>();
/** Keeps the completed steps over sessions. */
let memory: Memento | undefined;

const setKey = (step: Step, isDone: boolean) => commands.executeCommand("setContext", walkthroughKeys[step], isDone);

/** Checks a step of the walkthrough off. */
export function completeStep(step: Step): void {
  // Each change of a job asks for it again.
  if (completedSteps.has(step)) {
    return;
  }
  completedSteps.add(step);
  void memory?.update(completedStepsKey, [...completedSteps]);
  void setKey(step, true);
}

/** Checks the steps off that end with a picture: the first one, and the first edit of an image. */
function completeStepsOf({ pictures, request }: Job): void {
  if (pictures.some(({ file }) => file !== undefined)) {
    completeStep("makePicture");
    if (request.references.length > 0) {
      completeStep("editImage");
    }
  }
}

/** Checks steps off from now on, and reads those of earlier sessions from `state`. */
export function watchSteps(state: Memento, journal: Journal): Disposable {
  memory = state;
  for (const step of state.get<readonly Step[]>(completedStepsKey, [])) {
    completedSteps.add(step);
  }
  const unsubscribe = journal.subscribe((job) => job && completeStepsOf(job));
  return new Disposable(() => void unsubscribe());
}

/** Opens the walkthrough in the active group of editors. */
export async function openWalkthrough({ jobs, keys }: Services): Promise<void> {
  // Earlier versions of Limn did not remember the steps.
  await jobs.journal.ready();
  jobs.journal.list().forEach(completeStepsOf);
  if ((await keys.read()) !== undefined) {
    completeStep("setApiKey");
  }
  // VS Code loads walkthroughs when the first one opens, and from then on only watches for changes:
  // a key that is true already would never check its step off.
  await Promise.all([...completedSteps].map((step) => setKey(step, false)));
  await commands.executeCommand("workbench.action.openWalkthrough", walkthroughId, false);
  await Promise.all([...completedSteps].map((step) => setKey(step, true)));
}
