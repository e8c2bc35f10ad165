import type { DraftFields, ModelView, Snapshot } from "../../protocol.ts";
import { changeDraft, draft } from "../draft.ts";
import { announce } from "../shared/announce.ts";
import { fitDraft } from "./fitDraft.ts";

/** The model that makes the draft's pictures: its own, or that of the settings. */
export const draftModel = ({ model, models }: Snapshot, { model: id }: DraftFields): ModelView =>
  models.find((known) => known.id === id) ?? model;

/** What the last change of the model changed in the draft; empty once the draft changes again. */
let lastNote: { readonly fields: DraftFields; readonly text: string } | undefined;

/** Sentences on what the change of the model changed in the draft as it is; empty if nothing. */
export const modelChangeNote = (): string => (lastNote?.fields === draft() ? lastNote.text : "");

/** Chooses a model for the draft, which is kept and fitted to the model. */
export function changeModel(snapshot: Snapshot, id: string): void {
  const to = snapshot.models.find((known) => known.id === id);
  if (to === undefined) {
    return;
  }
  const from = draftModel(snapshot, draft());
  const { changes, notes } = fitDraft(draft(), { from, to, draftView: snapshot.draft });
  changeDraft({ ...changes, model: id });
  const text = notes.join(" ");
  lastNote = { fields: draft(), text };
  if (text !== "") {
    announce(text);
  }
}
