import { l10n } from "vscode";
import { stopped } from "../../core/errors.ts";
import { askText } from "../flow/text.ts";
import { type LoadedReference, loadRemote } from "../references.ts";

/** Asks for the address or UUID of an image that Runware gets by itself. Rejects with kind `stopped` on Escape. */
export async function askRemote(): Promise<LoadedReference> {
  const place = { title: l10n.t("Add Reference by Address or UUID"), step: 1, of: 1 };
  const answer = await askText(place, {
    prompt: l10n.t(
      "Runware gets the image by itself, so the address must be public. Nothing is fetched by this computer.",
    ),
    placeholder: l10n.t("https://example.com/fox.jpg, or the UUID of an earlier picture"),
    value: "",
    check: async (text) =>
      loadRemote(text) === undefined
        ? { kind: "error", message: l10n.t("Write a complete http or https address, or a UUID.") }
        : undefined,
  });
  const reference = answer === "back" ? undefined : loadRemote(answer.value.text);
  if (reference === undefined) {
    throw stopped();
  }
  return reference;
}
