import { readFile, writeFile } from "node:fs/promises";
import { family } from "../src/core/models/family.ts";
import { formatUsd } from "../src/core/money/usd.ts";
import { root } from "./paths.ts";

const manifestPath = `${root}/package.json`;
const nlsPath = `${root}/package.nls.json`;
const keyPrefix = "setting.model.";

/** The key of a model's text: its id, with hyphens for signs that some tools do not read. */
const textKey = (id: string): string => keyPrefix + id.replaceAll(/[^\w.-]/g, "-");

/** One line on each model for the setting, with its prices. */
const descriptions = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    family.map(({ id, summary, price }) => {
      const prices = Object.entries(price).map(([tier, usd]) => `${tier.toUpperCase()} ${formatUsd(usd)}`);
      return [textKey(id), `${summary()}. A picture costs: ${prices.join(", ")}.`];
    }),
  );

/** The values of the setting `limn.model`, as the manifest must list them. */
export const modelSetting = () => ({
  enum: family.map(({ id }) => id),
  enumItemLabels: family.map(({ name }) => name),
  markdownEnumDescriptions: family.map(({ id }) => `%${textKey(id)}%`),
});

/** The texts of the manifest, with a description of each model in place of the old ones. */
export function withModelTexts(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const isOfModel = (key: string) => key.startsWith(keyPrefix) && key !== `${keyPrefix}description`;
  const entries = Object.entries(texts).filter(([key]) => !isOfModel(key));
  const at = entries.findIndex(([key]) => key === `${keyPrefix}description`) + 1;
  return Object.fromEntries(entries.toSpliced(at, 0, ...Object.entries(descriptions())));
}

/**
 * Writes the models of `src/core/models/family.ts` into the setting `limn.model` of the manifest.
 */
export async function writeModelSetting(): Promise<void> {
  const manifest = JSON.parse(await readFile(manifestPath, "utf8"));
  Object.assign(manifest.contributes.configuration.properties["limn.model"], modelSetting());
  await writeFile(manifestPath, `${JSON.stringify(manifest, undefined, 2)}\n`);
  const texts = withModelTexts(JSON.parse(await readFile(nlsPath, "utf8")));
  await writeFile(nlsPath, `${JSON.stringify(texts, undefined, 2)}\n`);
}
