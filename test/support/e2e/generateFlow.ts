import type { Workbench } from "./workbench.ts";

/** What the user answers in the steps after the prompt; a missing answer accepts the proposal. */
export interface FlowAnswers {
  /** Label of the size to pick, such as `1024 × 1024`. */
  readonly size?: string;
  /** Label of the number of pictures to pick, such as `2 pictures`. */
  readonly count?: string;
  /** Path to save as, in the workspace. */
  readonly path?: string;
}

/** Runs Limn: Generate Image… and types the prompt, without accepting it. */
export async function startGenerating({ command, quickInput }: Workbench, prompt: string): Promise<void> {
  await command("Limn: Generate Image…");
  await quickInput.waitUntilOpen({ title: "Generate Image" });
  await quickInput.type(prompt);
}

/**
 * From the typed prompt of Generate Image or Edit Image, answers prompt, size and number of
 * pictures, and waits for the path step.
 */
export async function answerUntilPath({ quickInput }: Workbench, { size, count }: FlowAnswers = {}): Promise<void> {
  const pickOrAccept = (label: string | undefined) =>
    label === undefined ? quickInput.accept() : quickInput.pick(label);
  await quickInput.waitUntilOpen({ placeholder: /What should (the picture show|change)/ });
  await quickInput.accept();
  await quickInput.waitUntilOpen({ placeholder: /Size in pixels/ });
  await pickOrAccept(size);
  await quickInput.waitUntilOpen({ placeholder: /How many/ });
  await pickOrAccept(count);
  await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
}

/** Goes through Generate Image up to the last step, which is filled in but not accepted. */
export async function fillGenerateFlow(workbench: Workbench, prompt: string, answers: FlowAnswers = {}): Promise<void> {
  await startGenerating(workbench, prompt);
  await answerUntilPath(workbench, answers);
  if (answers.path !== undefined) {
    await workbench.quickInput.type(answers.path);
    await workbench.page.getByText(`Will be saved as ${answers.path}`).waitFor();
  }
}

/** Generates from a prompt with Limn: Generate Image…, to the end of its steps. */
export async function generate(workbench: Workbench, prompt: string, answers: FlowAnswers = {}): Promise<void> {
  await fillGenerateFlow(workbench, prompt, answers);
  await workbench.quickInput.accept();
}
