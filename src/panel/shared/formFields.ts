import * as l10n from "@vscode/l10n";
import type { RequestField } from "../../core/request/requestFields.ts";

/** A field as the host names it. */
interface FormField {
  /** The part of the form that has it: the value of its `data-group`. */
  readonly group: string;
  /** Label of the button that leads to it. */
  readonly goTo: string;
}

const size: FormField = { group: "shape", goTo: l10n.t("Go to size") };
const safetyCheck: FormField = { group: "more", goTo: l10n.t("Go to safety check") };

/** Every part of a request; `undefined` for those that the form has no field for. */
const formFields: Readonly<Record<RequestField, FormField | undefined>> = {
  model: { group: "more", goTo: l10n.t("Go to model") },
  prompt: { group: "prompt", goTo: l10n.t("Go to prompt") },
  references: { group: "references", goTo: l10n.t("Go to references") },
  size,
  resolution: size,
  count: { group: "output", goTo: l10n.t("Go to number of pictures") },
  format: { group: "output", goTo: l10n.t("Go to format") },
  quality: { group: "output", goTo: l10n.t("Go to quality") },
  path: { group: "path", goTo: l10n.t("Go to file name") },
  "safety.mode": safetyCheck,
  "safety.checkContent": safetyCheck,
  safety: safetyCheck,
  ttl: undefined,
  outputType: undefined,
  deliveryMethod: undefined,
  webhookURL: undefined,
  uploadEndpoint: undefined,
  taskUUID: undefined,
  budget: undefined,
};

const findFormField = (field: RequestField | undefined): FormField | undefined =>
  field === undefined ? undefined : formFields[field];

/** The part of the form that has a field; empty if the form has no such field. */
export const groupOf = (field: RequestField | undefined): string => findFormField(field)?.group ?? "";

/** Label of a button that leads to a field; `undefined` if the form has no such field. */
export const goToFieldText = (field: RequestField | undefined): string | undefined => findFormField(field)?.goTo;
