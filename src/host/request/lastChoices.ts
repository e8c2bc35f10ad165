import type { Memento } from "vscode";
import * as z from "zod/mini";
import { outputFormats } from "../../core/models/model.ts";
import { lastChoicesKey } from "../storage/storagePaths.ts";

/** The last choices, in the form they are stored in. */
const schema = z.object({
  /** Such as `2720x1536`. */
  shape: z.catch(z.optional(z.string()), undefined),
  count: z.catch(z.optional(z.number()), undefined),
  /** A format that was chosen instead of that of the settings. */
  format: z.catch(z.optional(z.object({ value: z.enum(outputFormats), insteadOf: z.enum(outputFormats) })), undefined),
  /**
   * URIs of folders that were chosen instead of the proposed ones, with `limn.folder` as it was set
   * then; by the URI of the project.
   */
  folders: z.catch(z.optional(z.record(z.string(), z.object({ folder: z.string(), setting: z.string() }))), undefined),
  /** A prompt that was typed but not sent, so that Escape does not lose it. */
  unsent: z.catch(z.optional(z.string()), undefined),
});

/** The last choices. */
export type LastChoices = z.infer<typeof schema>;

/** Remembers the last choices of each workspace. */
export interface LastChoicesStore {
  read(): LastChoices;
  /** Stores choices; `undefined` removes one. */
  update(choices: LastChoices): Promise<void>;
}

/** Keeps the choices in the workspace's state. */
export function createLastChoicesStore(state: Memento): LastChoicesStore {
  const read = (): LastChoices => schema.safeParse(state.get(lastChoicesKey)).data ?? {};
  return {
    read,
    update: async (choices) => state.update(lastChoicesKey, { ...read(), ...choices }),
  };
}
