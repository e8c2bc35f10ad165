import { More } from "./more.ts";
import { Output } from "./output.ts";

/** A field as the host names it: the part of the form that has it, and its name in a sentence. */
const formFields: Readonly<Record<string, { readonly group: string; readonly name: string }>> = {
  prompt: { group: "prompt", name: "prompt" },
  references: { group: "references", name: "references" },
  size: { group: "shape", name: "size" },
  resolution: { group: "shape", name: "size" },
  shape: { group: "shape", name: "size" },
  count: { group: "output", name: "number of pictures" },
  format: { group: "output", name: "format" },
  quality: { group: "output", name: "quality" },
  path: { group: "path", name: "file name" },
  "safety.mode": { group: "more", name: "safety check" },
  safety: { group: "more", name: "safety check" },
  ttl: { group: "more", name: "lifetime of links" },
  outputType: { group: "more", name: "kind of delivery" },
  deliveryMethod: { group: "more", name: "delivery" },
};

const findFormField = (field: string | undefined) =>
  field !== undefined && Object.hasOwn(formFields, field) ? formFields[field] : undefined;

/** The part of the form a field belongs to; empty where it has none of its own. */
export const groupOf = (field: string | undefined): string => findFormField(field)?.group ?? "";

/**
 * What a field is called in a sentence; `undefined` where the form has no such field, so that
 * nothing leads there.
 */
export const fieldName = (field: string | undefined): string | undefined => findFormField(field)?.name;

/** Puts the focus on a field of the form, named as the host names it. */
export async function focusField(form: ParentNode, field: string): Promise<void> {
  const component = form.querySelector<HTMLElement>(`[data-group="${groupOf(field)}"]`);
  if (component instanceof Output) {
    component.focusField(field);
  } else if (component instanceof More) {
    await component.focusField(field === "safety" ? "safety.mode" : field);
  } else {
    component?.focus();
  }
}
