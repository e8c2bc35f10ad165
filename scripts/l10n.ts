import { mkdir, writeFile } from "node:fs/promises";
import { readLocalizedTexts } from "./localizedTexts.ts";
import { root } from "./paths.ts";

/** The English texts of the code, for translators. */
export const bundlePath = `${root}/l10n/bundle.l10n.json`;

/** Returns the content that the English bundle must have. */
export const formatBundle = (): string =>
  `${JSON.stringify(Object.fromEntries(readLocalizedTexts().map((text) => [text, text])), undefined, 2)}\n`;

/** Writes the English bundle. */
export async function writeBundle(): Promise<void> {
  await mkdir(`${root}/l10n`, { recursive: true });
  await writeFile(bundlePath, formatBundle());
}
