import type { VscodeTextfield } from "@vscode-elements/elements/dist/vscode-textfield/index.js";

/** Rounds the inner corners of the field, which would cover the rounded border of the component. */
export async function roundTextfield(field: VscodeTextfield | null): Promise<void> {
  await field?.updateComplete;
  if (field !== null) {
    field.wrappedElement.style.borderRadius = "3px";
  }
}
