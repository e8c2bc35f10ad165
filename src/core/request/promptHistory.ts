import type { Job } from "../jobs/job.ts";

/** Maximum number of prompts in the history. */
export const historyLimit = 200;

/** A prompt whose job was forgotten. */
export interface PastPrompt {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
}

/** A prompt of the history. */
export interface HistoryEntry {
  readonly id: string;
  readonly text: string;
  /** Whether no job has this prompt, so that it can be removed. */
  readonly isForgotten: boolean;
}

/** The prompts of jobs and of forgotten jobs, the newest first, each text once. */
export function listPromptHistory(jobs: readonly Job[], past: readonly PastPrompt[] = []): HistoryEntry[] {
  // A request to a tool has the name of its picture in place of a prompt.
  const withPrompt = jobs.filter(({ request }) => request.tool === undefined);
  const jobPrompts = withPrompt.map(({ taskUUID, createdAt, request }) => ({
    id: taskUUID,
    text: request.prompt,
    usedAt: createdAt,
    isForgotten: false,
  }));
  const texts = new Set(jobPrompts.map(({ text }) => text));
  const forgottenPrompts = past
    .filter(({ text }) => !texts.has(text))
    .map(({ text, usedAt }) => ({ id: `past-${usedAt}`, text, usedAt, isForgotten: true }));
  const seen = new Set<string>();
  return [...jobPrompts, ...forgottenPrompts]
    .sort((one, other) => other.usedAt - one.usedAt)
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, historyLimit)
    .map(({ id, text, isForgotten }) => ({ id, text, isForgotten }));
}
