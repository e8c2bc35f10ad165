import { stat } from "node:fs/promises";
import { buildAll } from "../../esbuild.mjs";
import { buildVsix } from "../../scripts/buildVsix.ts";
import { root } from "../../scripts/paths.ts";
import type { Figure } from "./figure.ts";

const scripts = [
  "extension",
  "limn",
  "panel",
  "panel-chunk",
  "panel-belowForm",
  "panel-onDemand",
  "panel-copyImage",
  "lightTable",
  "lightTable-chunk",
  "lightTable-cropMode",
  "lightTableTab",
  "sandbox",
  "imaging-process",
] as const;

const kilobytesOf = async (path: string): Promise<number> => (await stat(path)).size / 1000;

/**
 * Measures the shipped files in kB: each script minified and unminified (size budgets count the
 * latter), and the VSIX.
 */
export async function measureBytes(): Promise<Figure[]> {
  const sizes = () => Promise.all(scripts.map((name) => kilobytesOf(`${root}/dist/${name}.js`)));
  await buildAll();
  const unminified = await sizes();
  const vsix = await kilobytesOf(await buildVsix());
  const minified = await sizes();
  const unit = { unit: "kB", compare: "ratio" } as const;
  const figures = scripts.map((name, index): Figure => {
    const [own = Number.NaN, other = Number.NaN] = [minified[index], unminified[index]];
    return { ...unit, name: `dist/${name}.js`, own: [own], other: [other], counterpart: "unminified" };
  });
  const parts = minified.reduce((sum, size) => sum + size, 0);
  return [...figures, { ...unit, name: "The VSIX", own: [vsix], other: [parts], counterpart: "its scripts" }];
}
