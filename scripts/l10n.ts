import { mkdir, writeFile } from "node:fs/promises";
import { readLocalizedTexts } from "./localizedTexts.ts";
import { root } from "./paths.ts";

/** The file that translators start from: each text of the code by itself. */
export const bundlePath = `${root}/l10n/bundle.l10n.json`;

/** The English bundle as it must be for the code as it is. */
export const formatBundle = (): string =>
  `${JSON.stringify(Object.fromEntries(readLocalizedTexts().map((text) => [text, text])), undefined, 2)}\n`;

/** Writes the English bundle. */
export async function writeBundle(): Promise<void> {
  await mkdir(`${root}/l10n`, { recursive: true });
  await writeFile(bundlePath, formatBundle());
}
