import type { Memento } from "vscode";
import { type DraftFields, parseDraftFields } from "../../../protocol.ts";
import { draftKey } from "../../storage/storagePaths.ts";
import type { PagePlace } from "../connectedPage.ts";

/**
 * The draft, and where the page is that has changed it last. Each page keeps its draft itself; a
 * page in another place gets it from here.
 */
export class KeptDraft {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  record(place: PagePlace, draft: DraftFields): void {
    void this.#state.update(draftKey, { place, draft });
  }

  /** The draft if it was changed elsewhere last, or if the page in this place is new. */
  moveTo(place: PagePlace, isNew: boolean): DraftFields | undefined {
    const kept = this.#state.get<{ readonly place?: unknown; readonly draft?: unknown }>(draftKey);
    const draft = parseDraftFields(kept?.draft);
    if (draft === undefined || (kept?.place === place && !isNew)) {
      return undefined;
    }
    // At once: the page may be closed before it has the draft.
    this.record(place, draft);
    return draft;
  }
}
