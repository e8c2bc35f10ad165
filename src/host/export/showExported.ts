import { commands, env, l10n } from "vscode";
import { formatBytes } from "../../core/text/byteSize.ts";
import { type NotificationAction, notify, notifyWarning } from "../ui/notify.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import type { ExportServices, Written, WrittenFile } from "./writeFiles.ts";

/** Code that uses the exported files, and the button that copies it. */
export interface ExportedCode {
  readonly label: string;
  readonly text: string;
  /** Inserts it at the cursor of the document that it is written for. */
  readonly insert?: () => Promise<void>;
  /** Called when the buttons are gone. */
  readonly dispose?: () => void;
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
 * Shows what was exported, with Undo and the buttons that insert and copy the code for it, if any.
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
  const insert: NotificationAction[] =
    code?.insert === undefined ? [] : [{ label: l10n.t("Insert Link"), run: code.insert }];
  const copy: NotificationAction[] =
    code === undefined ? [] : [{ label: code.label, run: () => env.clipboard.writeText(`${code.text}\n`) }];
  const actions = [...insert, ...copy, ...reveal, { label: l10n.t("Undo"), run: written.undo }];
  const heavy = excess(written);
  const shown =
    heavy === undefined
      ? notify(summary(written), ...actions)
      : notifyWarning(`${summary(written)} ${heavy}`, ...actions);
  void shown.finally(code?.dispose);
}
