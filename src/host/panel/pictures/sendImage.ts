import { l10n } from "vscode";
import { LimnError } from "../../../core/errors.ts";
import type { IntentByType, PanelContext } from "../panelContext.ts";

/** What is said when the page could not copy a picture. */
const copyFailures = {
  refused: () => l10n.t("VS Code did not allow Limn to write to the clipboard. Click the picture, then copy it again."),
  failed: () =>
    l10n.t("This picture could not be read or converted to PNG, so it was not copied. Keep it, then copy its file."),
} as const;

/**
 * Sends the page the bytes of a picture that it copies.
 *
 * @param read the bytes; `undefined` if there are none any more.
 * @throws LimnError of kind `files` if the picture is gone, or the page says that it failed.
 */
export async function sendImage(
  { sendBytes }: Pick<PanelContext, "sendBytes">,
  { picture, failure }: IntentByType["copyImage"],
  read: () => Promise<Uint8Array | undefined>,
): Promise<void> {
  if (failure !== undefined) {
    throw new LimnError("files", copyFailures[failure]());
  }
  let bytes: Uint8Array | undefined;
  try {
    bytes = await read();
  } finally {
    // The page waits for an answer in any case.
    await sendBytes({ type: "pictureBytes", picture, ...(bytes && { bytes: Uint8Array.from(bytes) }) });
  }
  if (bytes === undefined) {
    throw new LimnError("files", l10n.t("This picture is not in Limn's vault any more, so it was not copied."));
  }
}
