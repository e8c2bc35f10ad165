import { More } from "./more.ts";
import { Output } from "./output.ts";

/** The part of the form a field of the host's words belongs to. */
const groups: Readonly<Record<string, string>> = {
  prompt: "prompt",
  references: "references",
  size: "shape",
  resolution: "shape",
  shape: "shape",
  count: "output",
  format: "output",
  quality: "output",
  path: "path",
  "safety.mode": "more",
  safety: "more",
  ttl: "more",
  outputType: "more",
};

/** The part of the form a field belongs to; empty where it has none of its own. */
export const groupOf = (field: string | undefined): string => groups[field ?? ""] ?? "";

/** Puts the focus on a field of the form, named as the host names it. */
export async function focusField(form: ParentNode, field: string): Promise<void> {
  const part = form.querySelector<HTMLElement>(`[data-group="${groupOf(field)}"]`);
  if (part instanceof Output) {
    part.focusField(field);
  } else if (part instanceof More) {
    await part.focusField(field === "safety" ? "safety.mode" : field);
  } else {
    part?.focus();
  }
}
