import type { RequestField } from "../../core/request/requestFields.ts";
import { groupOf } from "../shared/formFields.ts";
import { More } from "./more.ts";
import { Output } from "./output.ts";

/** Puts the focus on a field of the form, named as the host names it. Opens its section. */
export function focusField(form: ParentNode, field: RequestField | undefined): void {
  const component = form.querySelector<HTMLElement>(`[data-group="${groupOf(field)}"]`);
  const section = component?.closest("details");
  if (section) {
    section.open = true;
  }
  if (component instanceof Output) {
    component.focusField(field);
  } else if (component instanceof More) {
    component.focusField(field?.startsWith("safety") ? "safety.mode" : field);
  } else {
    component?.focus();
  }
}
