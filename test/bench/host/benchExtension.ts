import { cp, readFile, writeFile } from "node:fs/promises";
import { root } from "../../../scripts/paths.ts";
import { runProgram } from "../../../scripts/runProgram.ts";

/**
 * Packages a folder beside this file as the extension `limn-bench.<name>`; `name` is that of the
 * folder by default. Writes to `to` and returns the path of the VSIX.
 */
export async function packageBenchExtension(folder: string, to: string, name = folder): Promise<string> {
  const [source, vsix] = [`${to}/${name}`, `${to}/${name}.vsix`];
  await cp(`${import.meta.dirname}/${folder}`, source, { recursive: true });
  const manifest = await readFile(`${source}/package.json`, "utf8");
  await writeFile(`${source}/package.json`, manifest.replace(`"name": "${folder}"`, `"name": "${name}"`));
  const options = ["package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  const { code, output } = await runProgram(`${root}/node_modules/.bin/vsce`, options, { cwd: source, quiet: true });
  if (code !== 0) throw new Error(`The extension “${folder}” could not be packaged:\n${output}`);
  return vsix;
}
