import { defaultCount } from "../../core/models/defaultSize.ts";
import type { DraftFields, Snapshot } from "../../protocol.ts";
import { draftModel } from "./draftModel.ts";
import { effectiveShape } from "./fields/shape.ts";

/** A draft with all values that the form shows, as it is sent. */
export function completeDraft(snapshot: Snapshot, fields: DraftFields): DraftFields {
  const { draft: draftView, targets, unknownModel } = snapshot;
  const model = draftModel(snapshot, fields);
  const shape = effectiveShape(model, fields, draftView);
  const { shape: _, exportTarget, ...rest } = fields;
  const isOffered = targets === undefined || targets.some(({ id }) => id === exportTarget);
  const { size: __, count, ...defaults } = draftView.defaults;
  return {
    count: defaultCount(model, count),
    ...defaults,
    ...rest,
    // The project of a target may be another one now.
    ...(exportTarget !== undefined && isOffered ? { exportTarget } : {}),
    // If the setting names an unknown model, the user chooses one.
    ...(fields.model === undefined && unknownModel !== undefined ? {} : { model: fields.model ?? model.id }),
    ...(shape === undefined ? {} : { shape }),
  };
}
