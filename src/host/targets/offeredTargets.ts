import { workspace } from "vscode";
import type { ExportTarget } from "../../core/targets/target.ts";
import { targets } from "../../core/targets/targets.ts";
import { projectTargets, type TargetServices } from "./projectTargets.ts";

/**
 * The targets that a new picture can be made for: those of the open projects, then Limn's own but
 * for those that only convert. A file of targets that is not valid is only logged; an export shows
 * what is wrong with it.
 */
export async function offeredTargets(services: TargetServices): Promise<readonly ExportTarget[]> {
  const ofProjects = await projectTargets(services, workspace.workspaceFolders ?? [], async () => undefined);
  return [...ofProjects, ...targets.filter(({ group }) => group !== "convert")];
}
