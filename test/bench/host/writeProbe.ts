import { mkdir, writeFile } from "node:fs/promises";

/**
 * Writes an empty extension into `folder`/probe, since VS Code runs a test bundle only for an
 * extension under development, and makes the folder `folder`/workspace. Returns the path of the
 * extension.
 */
export async function writeProbe(folder: string): Promise<string> {
  const extension = `${folder}/probe`;
  await mkdir(extension);
  const manifest = { name: "probe", publisher: "limn-bench", version: "0.0.1", engines: { vscode: "*" } };
  await writeFile(`${extension}/package.json`, JSON.stringify(manifest));
  await mkdir(`${folder}/workspace`);
  return extension;
}
