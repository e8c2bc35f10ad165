import { commands, env, l10n } from "vscode";
import { formatBytes } from "../../core/text/byteSize.ts";
import { type NotificationAction, notify, notifyWarning } from "../ui/notify.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { ExportServices, Written, WrittenFile } from "./writeFiles.ts";

/** Code that uses the exported files, and the button that copies it. */
export interface ExportedCode {
  readonly label: string;
  readonly text: string;
}

/** A file with its facts, such as `images/fox-og.jpg: 1200 × 630, 143 kB, quality 85`. */
function describe({ uri, pixels, byteCount, quality }: WrittenFile): string {
  const facts = [
    ...(pixels === undefined ? [] : [`${pixels.width} × ${pixels.height}`]),
    formatBytes(byteCount),
    ...(quality === undefined ? [] : [l10n.t("quality {0}", quality)]),
  ];
  return `${shownPath(uri)}: ${facts.join(", ")}`;
}

function summary({ folder, files }: Written): string {
  const [first] = files;
  return files.length === 1 && first !== undefined
    ? l10n.t("Exported {0}.", describe(first))
    : l10n.t("Exported {0} files to {1}.", files.length, shownPath(folder) || "/");
}

/** A sentence on the first file that is heavier than its target allows. */
function excess({ files }: Written): string | undefined {
  const heavy = files.find(({ exceededLimit }) => exceededLimit !== undefined);
  return (
    heavy &&
    l10n.t(
      "{0} has {1}, more than {2}: with fewer bytes it would look bad.",
      ...[shownPath(heavy.uri), formatBytes(heavy.byteCount), formatBytes(heavy.exceededLimit ?? 0)],
    )
  );
}

/**
 * Shows what was exported, with Undo and the button that copies the code for it, if there is any.
 * The log has the facts of all files.
 */
export function showExported({ log }: ExportServices, code: ExportedCode | undefined, written: Written): void {
  for (const file of written.files) {
    log.info(`Exported ${describe(file)}`);
  }
  const [first] = written.files;
  const reveal: NotificationAction[] =
    first === undefined
      ? []
      : [{ label: l10n.t("Show in Explorer"), run: () => commands.executeCommand("revealInExplorer", first.uri) }];
  const copy: NotificationAction[] =
    code === undefined ? [] : [{ label: code.label, run: () => env.clipboard.writeText(`${code.text}\n`) }];
  const actions = [...copy, ...reveal, { label: l10n.t("Undo"), run: written.undo }];
  const heavy = excess(written);
  void (heavy === undefined
    ? notify(summary(written), ...actions)
    : notifyWarning(`${summary(written)} ${heavy}`, ...actions));
}
