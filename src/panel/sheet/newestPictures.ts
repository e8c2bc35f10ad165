import * as l10n from "@vscode/l10n";
import type { LitElement } from "lit";
import type { JobView } from "../../protocol.ts";
import { announce } from "../../webview/announce.ts";
import type { PanelState } from "../panelState.ts";
import { focusedElement } from "../shared/focusedElement.ts";
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
  /** Id of the job whose places were shown last. */
  #job: string | undefined;

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
    this.#job = model.awaited.selected ?? model.active?.job.id;
    const count = panelState?.jobs.get(this.#job ?? "")?.count ?? 1;
    this.#focus.move(grid);
    announce(
      count === 1
        ? l10n.t("1 picture is on its way. Press K to keep it, or Escape to go back.")
        : l10n.t("{0} pictures are on their way. Press K to keep the first one, or Escape to go back.", count),
    );
    await grid.scrollToNewest();
    // The job may have failed meanwhile. Then the focus is back, and the view has to follow it.
    if (document.hasFocus() && !grid.matches(":focus-within")) {
      focusedElement()?.scrollIntoView({ block: "nearest" });
    }
  }

  /** Does the action of a key with a picture that is on its way: it can be kept. */
  actEarly(key: string): void {
    if (key.toLowerCase() !== "k") {
      announce(l10n.t("The picture is still on its way. Press K to keep it when it arrives."));
      return;
    }
    const { model, panelState } = this.#host;
    const job = panelState?.jobs.get(model.awaited.selected ?? "");
    if (this.#isOnly(job)) {
      model.toggleKeep();
      announce(l10n.t("The picture is kept when it arrives."));
      this.onKeep(job);
    } else {
      this.toggleKeep();
    }
  }

  /** Changes whether the selected picture is kept when it arrives. */
  toggleKeep(): void {
    announce(
      this.#host.model.toggleKeep()
        ? l10n.t("The picture is kept when it arrives. Press K again to change that.")
        : l10n.t("The picture is not kept when it arrives."),
    );
  }

  /** The focus goes back from the pictures once the only one of the newest job is to be kept. */
  onKeep(job: Pick<JobView, "id" | "count"> | undefined): void {
    if (this.#isOnly(job)) {
      this.#focus.moveBack();
    }
  }

  /** The focus goes back if the first picture will not come, unless the user has moved it. */
  onLost(): void {
    if (document.activeElement === document.body || this.#host.grid?.matches(":focus-within") === true) {
      this.#focus.moveBack();
    }
  }

  #isOnly(job: Pick<JobView, "id" | "count"> | undefined): boolean {
    return job?.count === 1 && job.id === this.#job;
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
