import * as z from "zod/mini";
import { maxTextLength } from "../text/textLimit.ts";

/** Maximum number of characters of a name. */
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
