import * as z from "zod/mini";
import type { Job } from "../jobs/job.ts";
import { maxTextLength } from "../text/textLimit.ts";

/** Most prompts in the history. */
export const historyLimit = 200;

/** Most characters of a name. */
export const promptNameLimit = 80;

const savedPromptSchema = z.looseObject({
  name: z.string().check(z.minLength(1), z.maxLength(promptNameLimit)),
  text: z.string().check(z.minLength(1), z.maxLength(maxTextLength)),
});

/** A saved prompt with its name. */
export type NamedPrompt = z.infer<typeof savedPromptSchema>;

/** Unknown keys are kept: a later version or the user may have added them. */
const librarySchema = z.looseObject({ prompts: z.array(savedPromptSchema).check(z.maxLength(1000)) });

/** A file of saved prompts. */
export type PromptLibrary = z.infer<typeof librarySchema>;

/** A library without prompts. */
export const emptyLibrary: PromptLibrary = { prompts: [] };

/**
 * Parses a file of saved prompts; `undefined` if it is not valid, or could not be written again.
 */
export function parseLibrary(text: string): PromptLibrary | undefined {
  try {
    const library = librarySchema.safeParse(JSON.parse(text)).data;
    // Throws for JSON that is nested so deeply that it can be read but not written.
    if (library !== undefined) {
      formatLibrary(library);
    }
    return library;
  } catch {
    return undefined;
  }
}

/** The file's text, indented for reading and comparing. */
export const formatLibrary = (library: PromptLibrary): string => `${JSON.stringify(library, undefined, 2)}\n`;

/**
 * The library with the prompt named `oldName` replaced, or removed if no prompt is given. Its
 * unknown keys stay. A prompt without an `oldName` in the library is added at the end.
 */
export function putPrompt(library: PromptLibrary, oldName: string | undefined, prompt?: NamedPrompt): PromptLibrary {
  const index = library.prompts.findIndex(({ name }) => name === oldName);
  const replacement = prompt === undefined ? [] : [{ ...library.prompts[index], ...prompt }];
  return {
    ...library,
    prompts: library.prompts.toSpliced(index < 0 ? library.prompts.length : index, 1, ...replacement),
  };
}

const variablePattern = /\{([\p{L}_][\p{L}\p{N}_ -]{0,40})\}/gu;

/** Names of the `{variables}` in a prompt, each once, in order. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(variablePattern)].map(([, name = ""]) => name)),
];

/** The prompt with its variables filled in; one without a value stays. */
export const fillVariables = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(variablePattern, (match, name: string) => values.get(name) ?? match);

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
  const jobPrompts = jobs.map(({ taskUUID, createdAt, request }) => ({
    ...{ id: taskUUID, text: request.prompt, usedAt: createdAt, isForgotten: false },
  }));
  const texts = new Set(jobPrompts.map(({ text }) => text));
  const forgottenPrompts = past
    .filter(({ text }) => !texts.has(text))
    .map(({ text, usedAt }) => ({ ...{ id: `past-${usedAt}`, text, usedAt, isForgotten: true } }));
  const seen = new Set<string>();
  return [...jobPrompts, ...forgottenPrompts]
    .sort((one, other) => other.usedAt - one.usedAt)
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, historyLimit)
    .map(({ id, text, isForgotten }) => ({ id, text, isForgotten }));
}
