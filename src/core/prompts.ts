import * as z from "zod/mini";
import type { Job } from "./job.ts";

/** Prompts in the history. */
export const historyLimit = 200;

/** Characters of a name. */
export const nameLimit = 80;

const promptSchema = z.looseObject({
  name: z.string().check(z.minLength(1), z.maxLength(nameLimit)),
  text: z.string().check(z.minLength(1), z.maxLength(20_000)),
});

/** A prompt under a name. */
export type NamedPrompt = z.infer<typeof promptSchema>;

/** Keys we do not know stay: a later version, or a person, may have put them there. */
const librarySchema = z.looseObject({ prompts: z.array(promptSchema).check(z.maxLength(1000)) });

/** A file of saved prompts. */
export type Library = z.infer<typeof librarySchema>;

/** A library without prompts. */
export const emptyLibrary: Library = { prompts: [] };

/** Reads a file of saved prompts; `undefined` where it is none, or could not be written again. */
export function parseLibrary(text: string): Library | undefined {
  try {
    const library = librarySchema.safeParse(JSON.parse(text)).data;
    // What is nested too deeply can be read and not be written: then this throws.
    if (library !== undefined) {
      formatLibrary(library);
    }
    return library;
  } catch {
    return undefined;
  }
}

/** The file's text, as a person would like to read and compare it. */
export const formatLibrary = (library: Library): string => `${JSON.stringify(library, undefined, 2)}\n`;

/** The library with a prompt put in place of the one named `old`, at its end where there is none, or without it. */
export function replacePrompt(library: Library, old: string | undefined, prompt?: NamedPrompt): Library {
  const index = library.prompts.findIndex(({ name }) => name === old);
  const fresh = prompt === undefined ? [] : [prompt];
  return { ...library, prompts: library.prompts.toSpliced(index < 0 ? library.prompts.length : index, 1, ...fresh) };
}

const variable = /\{([\p{L}_][\p{L}\p{N}_ -]{0,40})\}/gu;

/** Names of the `{variables}` in a prompt, each once, in order. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(variable)].map(([, name = ""]) => name)),
];

/** The prompt with its variables filled in; one without a value stays. */
export const fillIn = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(variable, (whole, name: string) => values.get(name) ?? whole);

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
  /** Whether no job has it any more, so that it can be removed. */
  readonly forgotten: boolean;
}

/** What was asked for lately, the newest first, each text once. Jobs outlive their pictures, and prompts outlive jobs. */
export function historyOf(jobs: readonly Job[], past: readonly PastPrompt[] = []): HistoryEntry[] {
  const ofJobs = jobs.map(({ taskUUID, createdAt, request }) => ({
    ...{ id: taskUUID, text: request.prompt, usedAt: createdAt, forgotten: false },
  }));
  const texts = new Set(ofJobs.map(({ text }) => text));
  const others = past
    .filter(({ text }) => !texts.has(text))
    .map(({ text, usedAt }) => ({ ...{ id: `past-${usedAt}`, text, usedAt, forgotten: true } }));
  const seen = new Set<string>();
  return [...ofJobs, ...others]
    .sort((one, other) => other.usedAt - one.usedAt)
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, historyLimit)
    .map(({ id, text, forgotten }) => ({ id, text, forgotten }));
}
