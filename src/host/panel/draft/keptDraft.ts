import type { Memento } from "vscode";
import { type ChangedDraft, parseDraftFields } from "../../../protocol.ts";
import { draftKey } from "../../storage/storagePaths.ts";

/**
 * The draft as its page has changed it last. Each page keeps its draft itself. A page in another
 * place continues the one that is kept here, and so does a page after a reload of the window: VS
 * Code writes the state of pages to disk once a minute.
 */
export class KeptDraft {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  record(changed: ChangedDraft): void {
    void this.#state.update(draftKey, changed);
  }

  read(): ChangedDraft | undefined {
    const { draft, changedAt } = this.#state.get<{ readonly [Name in keyof ChangedDraft]?: unknown }>(draftKey, {});
    const fields = parseDraftFields(draft);
    return fields && typeof changedAt === "number" ? { draft: fields, changedAt } : undefined;
  }
}
