import { type Uri, workspace } from "vscode";
import type { ExportTarget } from "../../core/targets/target.ts";
import { targets } from "../../core/targets/targets.ts";
import { projectTargets, type TargetServices } from "./projectTargets.ts";

/**
 * The targets that a new picture can be made for: those of the open projects, then Limn's own but
 * for those that only convert. Of targets with the same name in several projects only the first is
 * offered, since their IDs are the same. A file of targets that is not valid is only logged; an
 * export shows what is wrong with it.
 *
 * @param place a picture, or its folder: the targets of the project that it is in come first.
 */
export async function offeredTargets(services: TargetServices, place?: Uri): Promise<readonly ExportTarget[]> {
  const folders = workspace.workspaceFolders ?? [];
  const own = place && workspace.getWorkspaceFolder(place);
  const sorted = own === undefined ? folders : [own, ...folders.filter((folder) => folder !== own)];
  const ofProjects = await projectTargets(services, sorted, async () => undefined);
  const byId = new Map(ofProjects.toReversed().map((target) => [target.id, target]));
  const unique = ofProjects.filter((target) => byId.get(target.id) === target);
  return [...unique, ...targets.filter(({ group }) => group !== "convert")];
}
