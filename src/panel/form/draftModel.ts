import type { DraftFields, ModelView, Snapshot } from "../../protocol.ts";
import { announce } from "../../webview/announce.ts";
import { changeDraft, draft } from "../draft.ts";
import { fitDraft } from "./fitDraft.ts";

/** The model that makes the draft's pictures: its own, or that of the settings. */
export const draftModel = ({ model, models }: Snapshot, { model: id }: DraftFields): ModelView =>
  models.find((known) => known.id === id) ?? model;

/** What the changes of the model have made of the draft; forgotten once the draft changes again. */
interface ModelChange {
  /** The draft before the first of these changes. */
  readonly original: DraftFields;
  /** The draft that they have made of it. */
  readonly fields: DraftFields;
  /** Sentences on the difference; empty if there is none. */
  readonly note: string;
}

let lastChange: ModelChange | undefined;

/** Sentences on what the change of the model changed in the draft as it is; empty if nothing. */
export const modelChangeNote = (): string => (lastChange?.fields === draft() ? lastChange.note : "");

/**
 * Chooses a model for the draft, which is kept and fitted to the model. The draft as it was before
 * the user looked at other models is fitted, so that looking at them loses nothing.
 */
export function changeModel(snapshot: Snapshot, id: string): void {
  const to = snapshot.models.find((known) => known.id === id);
  if (to === undefined) {
    return;
  }
  const original = lastChange?.fields === draft() ? lastChange.original : draft();
  const from = draftModel(snapshot, original);
  const { changes, notes } = fitDraft(original, { from, to, draftView: snapshot.draft });
  // The prompt is the same, and a change of it would count as typed.
  const { prompt: _, ...removed } = Object.fromEntries(Object.keys(draft()).map((name) => [name, undefined]));
  const { prompt: __, ...restored } = original;
  changeDraft({ ...removed, ...restored, ...changes, model: id });
  const note = notes.join(" ");
  lastChange = { original, fields: draft(), note };
  if (note !== "") {
    announce(note);
  }
}
