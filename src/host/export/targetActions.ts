import { l10n } from "vscode";
import type { Services } from "../services.ts";
import type { NotificationAction } from "../ui/notify.ts";
import { exportForTargets } from "./exportForTargets.ts";
import type { FileForTarget } from "./groupForExport.ts";

/**
 * The button that writes the files of the targets that image files were made for; none if none of
 * them can be exported. Never rejects: the message may be about pictures that were paid for, and
 * must not depend on the button.
 */
export async function targetActions(
  services: Services,
  saved: readonly FileForTarget[],
): Promise<readonly NotificationAction[]> {
  if (saved.length === 0) {
    return [];
  }
  try {
    const { fittingFiles } = await import("../targets/pictureTargets.ts");
    const { files, names } = await fittingFiles(services, saved);
    const run = () => exportForTargets(services, files);
    return files.length === 0 ? [] : [{ label: l10n.t("Export for {0}", names.join(", ")), run }];
  } catch (error) {
    services.log.warn(`The targets of saved pictures could not be offered: ${String(error)}`);
    return [];
  }
}
