import * as l10n from "@vscode/l10n";
import type { LitElement } from "lit";
import { post } from "../../webview/vscodeApi.ts";
import type { PanelState } from "../panelState.ts";
import { announce } from "../shared/announce.ts";
import { buy } from "../shared/press.ts";
import { type ActionId, actionForKey, type CopyAction, pictureActions } from "./actions.ts";
import { pictureMenu } from "./menu/pictureMenu.ts";
import type { NewestPictures } from "./newestPictures.ts";
import { PendingActions } from "./pendingActions.ts";
import { isSamePicture, type SheetEntry } from "./sheetEntries.ts";
import type { SheetFocus } from "./sheetFocus.ts";
import type { SheetModel } from "./sheetModel.ts";
import { type UndoableDiscard, UndoOffer } from "./undoOffer.ts";

/** The sheet, as far as actions concern it. */
interface ActionsHost extends LitElement {
  readonly panelState: PanelState | undefined;
  readonly model: SheetModel;
  readonly sheetFocus: SheetFocus;
  readonly newest: NewestPictures;
  undoable: UndoableDiscard | undefined;
  showSettings(entry: SheetEntry): void;
}

/** Does what the user wants with a picture. */
export class SheetActions {
  readonly #host: ActionsHost;
  readonly #pendingActions = new PendingActions();
  readonly #undoOffer = new UndoOffer();

  constructor(host: ActionsHost) {
    this.#host = host;
  }

  /** Does the action of a key. A held X would discard the picture that is selected next. */
  act(key: string, isRepeat: boolean): boolean {
    const { model, newest } = this.#host;
    const { active } = model;
    const action = active && actionForKey(key, active);
    if (active !== undefined && action !== undefined && !isRepeat) {
      const isNew = active.picture.kept.length === 0;
      this.run(active, action.id);
      newest.onKeep(action.id === "keep" && isNew ? active.job : undefined);
    }
    return action !== undefined;
  }

  /** Does the action, or announces why it cannot be done. */
  run(entry: SheetEntry, id: ActionId): void {
    const { model, panelState, sheetFocus } = this.#host;
    const action = pictureActions.find((one) => one.id === id);
    if (action === undefined) {
      return;
    }
    const problem = action.problem?.(entry, model.marked);
    if (problem !== undefined) {
      announce(problem.announcement);
      return;
    }
    const intent = action.intent?.(entry, model.marked);
    if (id !== "discard") {
      this.dismissUndo();
    }
    if (id === "mark") {
      const isMarked = isSamePicture(entry, model.marked);
      model.mark(isMarked ? undefined : entry);
      announce(isMarked ? l10n.t("Picture {0} is not marked any more", entry.number) : action.announcement(entry));
      return;
    }
    if (action.purchase !== undefined) {
      const isSent = panelState !== undefined && buy(action.purchase(entry).intent, panelState);
      announce(isSent ? action.announcement(entry) : l10n.t("The last request for this picture is being sent."));
      return;
    }
    announce(action.announcement(entry));
    if (id === "reuse") {
      this.#host.showSettings(entry);
    } else if (intent !== undefined) {
      post(intent);
      this.#pendingActions.add(id, entry);
      if (id === "useAsReference") {
        sheetFocus.focusPrompt();
      }
    }
  }

  /** Announces the actions that the message shows as done. */
  announceOutcomes(panelState: PanelState): void {
    const outcomes = this.#pendingActions.takeOutcomes(panelState.jobs);
    this.#host.undoable = this.#undoOffer.current(panelState);
    if (outcomes.length > 0) {
      announce(outcomes.join(". "));
    }
  }

  /** Restores the picture that was discarded last. */
  undo(): void {
    this.dismissUndo();
    post({ type: "undoDiscard" });
    announce(l10n.t("Restoring the discarded picture"));
    this.#host.sheetFocus.focusGrid();
  }

  /** Offers no undo of the last discard any more. */
  dismissUndo(): void {
    this.#undoOffer.dismiss(this.#host.undoable);
    this.#host.undoable = undefined;
  }

  /** Selects a picture and opens its menu at a point in the view. */
  openMenu(entry: SheetEntry, x: number, y: number): void {
    const { model, panelState, renderRoot } = this.#host;
    model.select(entry);
    const isFree = panelState?.engine.kind === "sandbox";
    const items = pictureMenu(entry, model.marked, isFree, (id) => this.run(entry, id), this.#copy);
    void renderRoot.querySelector("limn-menu")?.open(l10n.t("Picture {0}", entry.number), items, x, y);
  }

  readonly #copy = ({ intent, announcement }: CopyAction): void => {
    this.dismissUndo();
    post(intent);
    announce(announcement);
  };
}
