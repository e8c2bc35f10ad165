import type { RequestField } from "../../core/request/requestFields.ts";

/**
 * The part of the form that has a field, as in its `data-group`; `undefined` for fields that the
 * form does not have.
 */
const groups: Readonly<Record<RequestField, string | undefined>> = {
  model: "more",
  prompt: "prompt",
  references: "references",
  size: "shape",
  resolution: "shape",
  count: "output",
  format: "output",
  quality: "output",
  path: "path",
  "safety.mode": "more",
  "safety.checkContent": "more",
  safety: "more",
  ttl: undefined,
  outputType: undefined,
  deliveryMethod: undefined,
  webhookURL: undefined,
  uploadEndpoint: undefined,
  taskUUID: undefined,
  budget: undefined,
};

/** The part of the form that has a field; empty if the form has no such field. */
export const groupOf = (field: RequestField | undefined): string =>
  (field === undefined ? undefined : groups[field]) ?? "";
