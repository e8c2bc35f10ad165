import * as l10n from "@vscode/l10n";
import { describeDiskError } from "./diskError.ts";
import { LimnError } from "./errors.ts";
import type { LogPort } from "./ports.ts";

/** Logs that a folder of Limn's storage cannot be read, and returns the error for the user. */
export function unreadableFolderError(log: LogPort, cause: unknown): LimnError {
  // The system's message has the path.
  log.warn(`A folder could not be read: ${String(cause)}`);
  return new LimnError(
    "unexpected",
    l10n.t(
      "Limn cannot read a folder of its storage, which the log names. {0} Repair it and try again.",
      describeDiskError(cause),
    ),
    { cause },
  );
}
