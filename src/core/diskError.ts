import * as l10n from "@vscode/l10n";
import { joinSentences } from "./text/sentences.ts";

/** What the error codes of a file system mean, in a sentence. Source: errno(3). */
const sentenceByCode: Readonly<Record<string, () => string>> = {
  ENOSPC: () => l10n.t("The disk is full."),
  EDQUOT: () => l10n.t("Your disk quota is used up."),
  EFBIG: () => l10n.t("The file is larger than the disk allows."),
  EROFS: () => l10n.t("The disk is read-only."),
  EACCES: () => l10n.t("You do not have permission to do that."),
  EPERM: () => l10n.t("You do not have permission to do that."),
  ENAMETOOLONG: () => l10n.t("The name or the path is too long."),
  ENOTDIR: () => l10n.t("A part of the path is a file, not a folder."),
  EISDIR: () => l10n.t("There is a folder with that name."),
  EEXIST: () => l10n.t("A part of the path is a file, not a folder."),
  ENOENT: () => l10n.t("The folder does not exist any more."),
  ELOOP: () => l10n.t("The symbolic links in the path lead in a circle."),
  EIO: () => l10n.t("The disk reports an error."),
  EMFILE: () => l10n.t("Too many files are open."),
  ENFILE: () => l10n.t("Too many files are open."),
  EBUSY: () => l10n.t("Another program is using it."),
};

/**
 * Why a file could not be read or written, as a sentence. For an unknown error it is the system's
 * own message.
 */
export function describeDiskError(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  return sentenceByCode[code]?.() ?? joinSentences(message);
}
