import type { Memento } from "vscode";
import * as z from "zod/mini";

/** The last choices, in the form they are stored in. */
const schema = z.object({
  /** `2720x1536`, `1k`, `2k` or `like-reference`. */
  shape: z.catch(z.optional(z.string()), undefined),
  count: z.catch(z.optional(z.number()), undefined),
  /** URI of the folder. */
  folder: z.catch(z.optional(z.string()), undefined),
  /** A prompt that was typed and not sent: Escape must not cost it. */
  unsent: z.catch(z.optional(z.string()), undefined),
});

/** What was chosen last. */
export type Choices = z.infer<typeof schema>;

/** Remembers the last choices of each workspace. */
export interface Memory {
  read(): Choices;
  /** Adds to what is remembered; `undefined` forgets. */
  note(choices: Choices): Promise<void>;
}

const key = "limn.lastChoices";

/** Keeps the choices in the workspace's state. */
export function createMemory(state: Memento): Memory {
  const read = (): Choices => schema.safeParse(state.get(key)).data ?? {};
  return {
    read,
    note: async (choices) => state.update(key, { ...read(), ...choices }),
  };
}
