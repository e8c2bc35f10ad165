import * as l10n from "@vscode/l10n";
import type { LitElement } from "lit";
import type { PanelState } from "../panelState.ts";
import { announce } from "../shared/announce.ts";
import { GenerateFocus } from "./generateFocus.ts";
import type { Grid } from "./grid/grid.ts";
import type { SheetModel } from "./sheetModel.ts";

/** The sheet, as far as new pictures concern it. */
export interface NewestPicturesHost extends LitElement {
  readonly panelState: PanelState | undefined;
  readonly grid: Grid | undefined;
  readonly model: SheetModel;
}

/**
 * What follows a press of Generate: the focus goes to the places of the new pictures, where K keeps
 * the first one, and back once that is done.
 */
export class NewestPictures {
  readonly #host: NewestPicturesHost;
  readonly #focus: GenerateFocus;

  constructor(host: NewestPicturesHost) {
    this.#host = host;
    this.#focus = new GenerateFocus(host, () => this.#makeRoom());
  }

  /** Whether the user waits for the pictures of a new job, and works on nothing else. */
  get isExpected(): boolean {
    return this.#focus.isWaiting;
  }

  /** Shows the places of the new pictures, with the focus. */
  async show(): Promise<void> {
    await this.#host.updateComplete;
    const { grid, model, panelState } = this.#host;
    if (grid === undefined) {
      return;
    }
    const { awaited, active } = model;
    const count = panelState?.jobs.get(awaited.selected ?? active?.job.id ?? "")?.count ?? 1;
    this.#focus.move(grid);
    announce(
      count === 1
        ? l10n.t("1 picture is on its way. Press K to keep it, or Escape to go back.")
        : l10n.t("{0} pictures are on their way. Press K to keep the first one, or Escape to go back.", count),
    );
    await grid.scrollToNewest();
  }

  /** Does the action of a key with a picture that is on its way: it can be kept. */
  actEarly(key: string): void {
    if (key.toLowerCase() !== "k") {
      announce(l10n.t("The picture is still on its way. Press K to keep it when it arrives."));
      return;
    }
    this.toggleKeep();
    const { model, panelState } = this.#host;
    this.onKeep(panelState?.jobs.get(model.awaited.selected ?? "")?.count);
  }

  /** Changes whether the selected picture is kept when it arrives. */
  toggleKeep(): void {
    announce(
      this.#host.model.toggleKeep()
        ? l10n.t("The picture is kept when it arrives. Press K again to change that.")
        : l10n.t("The picture is not kept when it arrives."),
    );
  }

  /**
   * The focus goes back from the pictures once the only one of a job is to be kept.
   *
   * @param count number of pictures of its job.
   */
  onKeep(count: number | undefined): void {
    if (count === 1) {
      this.#focus.moveBack();
    }
  }

  /** Moves the focus back to where it was; returns false if it was not moved. */
  moveBack(): boolean {
    return this.#focus.moveBack();
  }

  /** Moves the focus back to the text field that it came from, which then gets the pressed key. */
  moveBackToType(event: KeyboardEvent): void {
    this.#focus.moveBackToType(event);
  }

  #makeRoom(): void {
    this.#host.model.showAll();
    if (this.#host.grid?.topPicture() !== undefined) {
      this.#host.scrollIntoView();
    }
  }
}
