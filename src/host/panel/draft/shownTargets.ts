import type { Disposable } from "vscode";
import { createConcurrencyLimit } from "../../../core/concurrencyLimit.ts";
import { projectTargetsPath } from "../../storage/storagePaths.ts";
import { watchWorkspaceFile } from "../../workspace/watchWorkspaceFile.ts";
import type { PanelContext } from "../panelContext.ts";

/** What pictures can be made for, as the panel shows it. */
export class ShownTargets implements Disposable {
  readonly #context: PanelContext;
  readonly #isVisible: () => boolean;
  readonly #readQueue = createConcurrencyLimit(1);
  #watcher: Disposable | undefined;

  constructor(context: PanelContext, isVisible: () => boolean) {
    this.#context = context;
    this.#isVisible = isVisible;
  }

  /**
   * Reads them again, since the files of the projects may change, and from then on when they do.
   * Calls run one after the other, so that the last read wins. Never rejects.
   */
  read(): Promise<void> {
    this.#watcher ??= watchWorkspaceFile(projectTargetsPath, () => void this.readIfVisible());
    return this.#readQueue(() => this.#readNow());
  }

  async #readNow(): Promise<void> {
    const { services, panelState, refresh } = this.#context;
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
