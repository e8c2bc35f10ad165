import type { RequestField } from "../../core/request/requestFields.ts";
import { groupOf } from "../shared/formFields.ts";
import { More } from "./more.ts";
import { Output } from "./output.ts";

/** Puts the focus on a field of the form, named as the host names it. */
export async function focusField(form: ParentNode, field: RequestField | undefined): Promise<void> {
  const component = form.querySelector<HTMLElement>(`[data-group="${groupOf(field)}"]`);
  if (component instanceof Output) {
    component.focusField(field);
  } else if (component instanceof More) {
    await component.focusField(field?.startsWith("safety") ? "safety.mode" : field);
  } else {
    component?.focus();
  }
}
