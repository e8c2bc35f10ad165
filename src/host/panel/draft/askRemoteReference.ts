import { l10n } from "vscode";
import { stoppedError } from "../../../core/errors.ts";
import { askText } from "../../flow/askText.ts";
import { type LoadedReference, loadRemoteReference } from "../../request/references.ts";

/**
 * Asks for the address or UUID of an image that the service fetches itself. Rejects with kind
 * `stopped` on Escape.
 */
export async function askRemoteReference(): Promise<LoadedReference> {
  const position = { title: l10n.t("Add Reference by Address or UUID"), step: 1, totalSteps: 1 };
  const answer = await askText(position, {
    prompt: l10n.t("The service fetches the image itself, so the address must be public."),
    placeholder: l10n.t("https://example.com/fox.jpg, or the UUID of an earlier picture"),
    value: "",
    check: async (text) =>
      loadRemoteReference(text) === undefined
        ? { kind: "error", message: l10n.t("Enter a complete http or https address, or a UUID.") }
        : undefined,
  });
  const reference = answer === "back" ? undefined : loadRemoteReference(answer.value.text);
  if (reference === undefined) {
    throw stoppedError();
  }
  return reference;
}
