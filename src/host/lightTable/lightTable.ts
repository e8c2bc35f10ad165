import type { WebviewPanel } from "vscode";
import type { LightTableDeps } from "./lightTableDeps.ts";
import type { LightTableTab } from "./lightTableTab.ts";

/** The light table, whose code is loaded at its first use. */
export class LightTable {
  #deps: LightTableDeps | undefined;
  #tab: LightTableTab | undefined;

  /** Sets what it works with; called once at the start. */
  connect(deps: LightTableDeps): void {
    this.#deps = deps;
  }

  /** Loads it. */
  async load(): Promise<LightTableTab> {
    const { LightTableTab } = await import("../lightTable/lightTableTab.ts");
    if (this.#deps === undefined) {
      throw new Error("The light table is not connected.");
    }
    this.#tab ??= new LightTableTab(this.#deps);
    return this.#tab;
  }

  /** Shows in a tab of an earlier session what it showed. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    await (await this.load()).restore(panel, state);
  }

  /** Shows what has changed, if it is loaded. */
  refresh(): void {
    this.#tab?.refresh();
  }
}
