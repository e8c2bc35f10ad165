import type { Disposable } from "vscode";
import { projectTargetsPath } from "../../storage/storagePaths.ts";
import { watchWorkspaceFile } from "../../workspace/watchWorkspaceFile.ts";
import type { PanelContext } from "../panelContext.ts";

/** What pictures can be made for, as the panel shows it. */
export class ShownTargets implements Disposable {
  readonly #context: PanelContext;
  readonly #isVisible: () => boolean;
  #watcher: Disposable | undefined;

  constructor(context: PanelContext, isVisible: () => boolean) {
    this.#context = context;
    this.#isVisible = isVisible;
  }

  /**
   * Reads them again, since the files of the projects may change, and from then on when the user's
   * own targets change. Never rejects.
   */
  async read(): Promise<void> {
    const { services, panelState, refresh } = this.#context;
    this.#watcher ??= watchWorkspaceFile(projectTargetsPath, () => void this.readIfVisible());
    try {
      const { targetViews } = await import("../../targets/pictureTargets.ts");
      panelState.targets = await targetViews(services);
    } catch (error) {
      services.log.warn(`The targets could not be read: ${String(error)}`);
    }
    refresh();
  }

  /** The same, if the panel is visible; it reads them when it is shown again. */
  async readIfVisible(): Promise<void> {
    if (this.#isVisible()) await this.read();
  }

  dispose(): void {
    this.#watcher?.dispose();
  }
}
