import type { TestProject } from "vitest/node";
import { buildVsix } from "../../../scripts/buildVsix.ts";
import { installVsix } from "../../../scripts/vscodeServer.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

declare module "vitest" {
  /** Values that tests read with `inject`. */
  export interface ProvidedContext {
    /** A folder with the installed extension. Each workbench gets a copy. */
    extensions: string;
  }
}

/** Installs the extension once: the VSIX in LIMN_VSIX, or a new one. */
export default async function installOnce(project: TestProject): Promise<() => Promise<void>> {
  const vsix = process.env.LIMN_VSIX ?? (await buildVsix());
  const temporary = await temporaryFolder();
  const extensions = `${temporary.path}/extensions`;
  await installVsix(vsix, `${temporary.path}/install`, extensions);
  project.provide("extensions", extensions);
  return temporary.remove;
}
