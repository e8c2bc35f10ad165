import type { TestProject } from "vitest/node";
import { buildVsix } from "../../../scripts/buildVsix.ts";
import { installVsix } from "../../../scripts/vscodeServer.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

declare module "vitest" {
  /** What the set-up hands to the tests, by `inject`. */
  export interface ProvidedContext {
    /** A folder with the packaged extension installed; each workbench gets a copy. */
    extensions: string;
  }
}

/** Installs the packaged extension once: the VSIX that LIMN_VSIX names, or one packaged now. */
export default async function installOnce(project: TestProject): Promise<() => Promise<void>> {
  const vsix = process.env.LIMN_VSIX ?? (await buildVsix());
  const temporary = await temporaryFolder();
  const extensions = `${temporary.path}/extensions`;
  await installVsix(vsix, `${temporary.path}/install`, extensions);
  project.provide("extensions", extensions);
  return temporary.remove;
}
