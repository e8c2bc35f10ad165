import * as l10n from "@vscode/l10n";

/** A number of bytes for display: `143 kB`, `8 MB`, `1.3 MB`; at least `1 kB`. */
export const formatBytes = (bytes: number): string =>
  bytes < 999_500
    ? l10n.t("{0} kB", Math.max(1, Math.round(bytes / 1000)))
    : l10n.t("{0} MB", Number((bytes / 1e6).toFixed(1)));
