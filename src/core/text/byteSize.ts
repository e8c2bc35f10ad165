import * as l10n from "@vscode/l10n";

/** A number of bytes for display: `143 kB`, `8 MB`, `1.3 GB`; at least `1 kB` if there are any. */
export function formatBytes(bytes: number): string {
  if (bytes < 999_500) {
    return l10n.t("{0} kB", Math.max(bytes > 0 ? 1 : 0, Math.round(bytes / 1000)));
  }
  const rounded = (unit: number): number => Number((bytes / unit).toFixed(1));
  return bytes < 999.95e6 ? l10n.t("{0} MB", rounded(1e6)) : l10n.t("{0} GB", rounded(1e9));
}
