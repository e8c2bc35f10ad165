// Entry of dist/cleanUp.js, which is loaded when the user cleans up.
import { l10n } from "vscode";
import type { Picture } from "../../../core/jobs/job.ts";
import { formatBytes } from "../../../core/text/byteSize.ts";
import { askInDialog, type DialogButton } from "../../ui/dialog.ts";
import { notify } from "../../ui/notify.ts";
import type { PanelContext } from "../panelContext.ts";
import { removeDiscards } from "../panelState.ts";
import { deletePictures, findDeletable } from "./deletable.ts";

/**
 * Shows how much can be deleted from the vault and what would be lost, and deletes what the user
 * chooses. The first button deletes nothing, because VS Code focuses it and puts its own Cancel
 * last (measured in 1.139, `test/e2e/panelInteraction.test.ts`).
 */
export async function cleanUp(context: PanelContext): Promise<void> {
  const { services, vaultIndex } = context;
  await vaultIndex.readSizes();
  const { discarded, withoutCopy, kept } = await findDeletable(
    services.jobs.journal.list(),
    vaultIndex,
    services.ports.files,
  );
  const totalSize = (pictures: readonly Picture[]) =>
    formatBytes(pictures.reduce((sum, { file = "" }) => sum + vaultIndex.sizeOf(file), 0));
  const allDeletable = [...discarded, ...kept];
  if (allDeletable.length === 0) {
    void notify(l10n.t("Nothing to clean up: every picture in the vault is starred, or saved nowhere else."));
    return;
  }
  const buttons: readonly DialogButton<readonly Picture[]>[] = [
    { title: l10n.t("Keep Everything"), value: [] },
    ...(discarded.length > 0
      ? [{ title: l10n.t("Delete Discarded ({0})", totalSize(discarded)), value: discarded }]
      : []),
    ...(kept.length === 0
      ? []
      : discarded.length > 0
        ? [{ title: l10n.t("Delete Discarded and Kept ({0})", totalSize(allDeletable)), value: allDeletable }]
        : [{ title: l10n.t("Delete Kept ({0})", totalSize(kept)), value: kept }]),
  ];
  const detail = [
    ...(discarded.length > 0
      ? [
          l10n.t(
            "Discarded pictures: {0}, {1}. Not saved anywhere else: {2}.",
            discarded.length,
            totalSize(discarded),
            withoutCopy.length,
          ),
        ]
      : []),
    ...(kept.length > 0
      ? [
          l10n.t(
            "Kept pictures: {0}, {1}. They would leave the panel; the files you kept them as stay.",
            kept.length,
            totalSize(kept),
          ),
        ]
      : []),
    l10n.t("All other pictures stay: those that are starred, and those you have neither kept nor discarded."),
    l10n.t("Deleting cannot be undone."),
  ].join("\n");
  const question = l10n.t("Clean up Limn's vault of {0}?", formatBytes(vaultIndex.bytes ?? 0));
  const chosen = (await askInDialog(question, detail, ...buttons)) ?? [];
  await deletePictures(context, chosen);
  if (chosen.length > 0) {
    const deletedIds = new Set(chosen.map(({ id }) => id));
    removeDiscards(context.panelState, ({ picture }) => deletedIds.has(picture));
  }
}
