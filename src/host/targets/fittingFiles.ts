import { namesItsSource } from "../../core/targets/target.ts";
import { type FileForTarget, groupForExport } from "../export/groupForExport.ts";
import { offeredTargets } from "./offeredTargets.ts";
import type { TargetServices } from "./projectTargets.ts";

/** Files that can be exported, and the names of their targets. */
export interface FittingFiles {
  readonly files: readonly FileForTarget[];
  readonly names: readonly string[];
}

/**
 * The files whose targets are offered. Those of one folder are left out if their target is made of
 * one picture and there are several: their export would only fail.
 */
export async function fittingFiles(services: TargetServices, files: readonly FileForTarget[]): Promise<FittingFiles> {
  const names = new Set<string>();
  const fitting: FileForTarget[] = [];
  for (const group of groupForExport(files)) {
    const [first] = group;
    const target = (await offeredTargets(services, first?.uri)).find(({ id }) => id === first?.target);
    if (target !== undefined && (group.length === 1 || namesItsSource(target))) {
      names.add(target.name);
      fitting.push(...group);
    }
  }
  return { files: fitting, names: [...names] };
}
