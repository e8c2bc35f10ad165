import { defaultCount } from "../../core/models/defaultSize.ts";
import type { Snapshot } from "../../protocol.ts";
import { changeDraft, type DraftChanges, draft } from "../draft.ts";
import { draftModel } from "./draftModel.ts";
import { effectiveShape, hasReferences } from "./fields/shape.ts";

/**
 * Removes fields of the draft that are the same as what is proposed. A request that was sent
 * becomes the next proposal, so its fields are removed, and the form shows the same values until
 * the user chooses others, here or in the steps of a command.
 */
export function followDefaults(snapshot: Snapshot): void {
  const fields = draft();
  const { draft: draftView } = snapshot;
  const { defaults } = draftView;
  const model = draftModel(snapshot, fields);
  const isSameShape =
    // With a reference, another one could change the shape.
    !hasReferences(draftView) &&
    // The size of a target belongs to it.
    fields.exportTarget === undefined &&
    fields.shape !== undefined &&
    JSON.stringify(fields.shape) === JSON.stringify(effectiveShape(model, {}, draftView));
  const changes: DraftChanges = {
    ...(isSameShape ? { shape: undefined } : {}),
    ...(fields.count === defaultCount(model, defaults.count) ? { count: undefined } : {}),
    ...(fields.format === defaults.format ? { format: undefined } : {}),
    ...(fields.path === defaults.path ? { path: undefined } : {}),
  };
  if (Object.keys(changes).length > 0) {
    changeDraft(changes);
  }
}
