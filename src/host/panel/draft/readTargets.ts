import type { PanelContext } from "../panelContext.ts";

/** Reads what pictures can be made for; the files of the projects may change. Never rejects. */
export async function readTargets({ services, panelState }: PanelContext): Promise<void> {
  try {
    const { targetViews } = await import("../../targets/pictureTargets.ts");
    panelState.targets = await targetViews(services);
  } catch (error) {
    services.log.warn(`The targets could not be read: ${String(error)}`);
  }
}
