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
  const model = snapshot.models.find((known) => known.id === id);
  if (model === undefined) {
    return;
  }
  const { fields, notes } = fitDraft(draft(), model, snapshot.draft);
  changeDraft({ ...fields, model: id });
  const text = notes.join(" ");
  lastNote = { fields: draft(), text };
  if (text !== "") {
    announce(text);
  }
}
