import * as l10n from "@vscode/l10n";
import type { LitElement } from "lit";
import { announce } from "../../webview/announce.ts";
import { post } from "../../webview/vscodeApi.ts";
import type { PanelState } from "../panelState.ts";
import { buy } from "../shared/press.ts";
import { type ActionId, actionForKey, type CopyAction, pictureActions } from "./actions.ts";
import type { NewestPictures } from "./newestPictures.ts";
import { PendingActions } from "./pendingActions.ts";
import type { ActionOnSeveral } from "./severalActions.ts";
import { isSamePicture, refOf, type SheetEntry } from "./sheetEntries.ts";
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
  showSettings(entry: SheetEntry): Promise<void>;
}

/**
 * Does what the user wants with the selected pictures.
 *
 * `act` does the action of a key; a held X would discard the picture that is selected next. With
 * several pictures it announces their number if the key has no action for them. `runWithSeveral`
 * deselects those that leave the sheet. `run` announces why an action cannot be done.
 * `announceOutcomes` announces the actions that the message shows as done. `undo` restores what was
 * discarded last; after `dismissUndo` that is not offered any more. `openMenu` opens the menu of a
 * picture, or of all that are selected with it, at a point in the view. These comments are here
 * because the build would copy those of members into the script.
 */
export class SheetActions {
  readonly #host: ActionsHost;
  readonly #pendingActions = new PendingActions();
  readonly #undoOffer = new UndoOffer();

  constructor(host: ActionsHost) {
    this.#host = host;
  }

  act(key: string, isRepeat: boolean): boolean {
    const { model, newest } = this.#host;
    const { active, several } = model;
    const action = active && actionForKey(key, active);
    if (several.length > 0 && action !== undefined && action.id !== "open") {
      if (!isRepeat) {
        void this.#actOnSeveral(key);
      }
      return true;
    }
    if (active !== undefined && action !== undefined && !isRepeat) {
      const isNew = active.picture.kept.length === 0;
      this.run(active, action.id);
      newest.onKeep(action.id === "keep" && isNew ? active.job : undefined);
    }
    return action !== undefined;
  }

  async #actOnSeveral(key: string): Promise<void> {
    const { several, isRangeCut } = this.#host.model;
    const { describeSeveral, offeredActions } = await import("./onDemand.ts");
    const action = offeredActions(several).find((one) => one.key === key.toUpperCase());
    if (action === undefined) {
      announce(describeSeveral(several, isRangeCut));
    } else {
      this.runWithSeveral(action);
    }
  }

  runWithSeveral({ id, name, entries }: ActionOnSeveral): void {
    const { model } = this.#host;
    if (id !== "discard") {
      this.dismissUndo();
    }
    post({ type: "actOnMany", action: id, pictures: entries.map(refOf) });
    announce(entries.length === 1 ? l10n.t("{0}: 1 picture", name) : l10n.t("{0}: {1} pictures", name, entries.length));
    if (id === "discard" || id === "restore" || model.shown.filter !== "all") {
      model.selectOne();
    }
  }

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
      void this.#host.showSettings(entry);
    } else if (intent !== undefined) {
      post(intent);
      this.#pendingActions.add(id, entry);
      if (id === "useAsReference") {
        sheetFocus.focusPrompt();
      }
    }
  }

  announceOutcomes(panelState: PanelState): void {
    const outcomes = this.#pendingActions.takeOutcomes(panelState.jobs);
    const before = this.#host.undoable;
    const undoable = this.#undoOffer.current(panelState);
    this.#host.undoable = undoable;
    if (undoable?.others !== undefined && undoable.number !== before?.number) {
      announce(l10n.t("{0} pictures discarded", undoable.others + 1));
    } else if (outcomes.length > 0) {
      announce(outcomes.join(". "));
    }
  }

  undo(): void {
    this.dismissUndo();
    post({ type: "undoDiscard" });
    announce(l10n.t("Restoring what was discarded"));
    this.#host.sheetFocus.focusGrid();
  }

  dismissUndo(): void {
    this.#undoOffer.dismiss(this.#host.undoable);
    this.#host.undoable = undefined;
  }

  async openMenu(entry: SheetEntry, x: number, y: number): Promise<void> {
    const { model, renderRoot, panelState } = this.#host;
    const { several, marked } = model;
    const isOfSeveral = several.some((one) => isSamePicture(one, entry));
    if (!isOfSeveral) {
      model.select(entry);
    }
    const { menuOf } = await import("./onDemand.ts");
    const { label, items } = menuOf(entry, isOfSeveral ? several : [], {
      marked,
      isFree: panelState?.engine.kind === "sandbox",
      onAction: (id) => this.run(entry, id),
      onCopy: this.#copy,
      onSeveral: (action) => this.runWithSeveral(action),
      onCancel: () => model.selectOne(),
    });
    await renderRoot.querySelector("limn-menu")?.open(label, items, x, y);
  }

  readonly #copy = ({ intent, announcement }: CopyAction): void => {
    this.dismissUndo();
    post(intent);
    announce(announcement);
  };
}
