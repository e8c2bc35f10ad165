import type { VscodeTextfield } from "@vscode-elements/elements/dist/vscode-textfield/index.js";

/**
 * Rounds the corners of the field within the component's rounded border, which it would else paint
 * over.
 */
export async function roundTextfield(field: VscodeTextfield | null): Promise<void> {
  await field?.updateComplete;
  if (field !== null) {
    field.wrappedElement.style.borderRadius = "3px";
  }
}
