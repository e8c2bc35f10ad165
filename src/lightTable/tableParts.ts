import * as l10n from "@vscode/l10n";
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { TablePicture } from "../protocol.ts";
import { type ActionTarget, actionProblem, isOffered, type TableAction, tableActions } from "./tableActions.ts";

/** Drops the second click of a double click: the first one has shown another picture. */
const onFirstClick =
  (act: () => void) =>
  ({ detail }: MouseEvent): void => {
    if (detail < 2) {
      act();
    }
  };

function actionButton(action: TableAction, target: ActionTarget, onAction: (action: TableAction) => void) {
  const isImpossible = actionProblem(action, target) !== undefined;
  const isPrimary = action.id === "keep" && !isImpossible;
  const name = action.name(target);
  return html`
    <vscode-button ?secondary=${!isPrimary} class=${isImpossible && target.picture.isDiscarded ? "impossible" : ""} data-action=${action.id}
      aria-disabled=${isImpossible ? "true" : nothing} icon=${action.icon(target)} title="${name} (${action.key})" @click=${onFirstClick(() => onAction(action))}>${name}</vscode-button>
  `;
}

/** The buttons for the shown picture. */
export const actionBar = (target: ActionTarget, onAction: (action: TableAction) => void) => html`
  <div class="actions" role="group" aria-label=${l10n.t("Actions for This Picture")}>
    ${repeat(
      tableActions.filter((action) => isOffered(action, target)),
      ({ id }) => id,
      (action) => actionButton(action, target, onAction),
    )}
  </div>
`;

const note = (icon: string, tone: string, text: unknown) =>
  html`<div class="note"><vscode-icon name=${icon} class=${tone}></vscode-icon><span dir="auto">${text}</span></div>`;

/**
 * What is known of the shown picture: that it is discarded, its files, as links, and how it differs
 * from the request. The first note on a picture that cannot be shown is in its place.
 */
export const pictureNotes = ({ link, kept, notes, isDiscarded }: TablePicture, onOpen: (index: number) => void) => html`
  ${isDiscarded ? note("trash", "", l10n.t("This picture is discarded.")) : nothing}
  ${kept.map((path, index) =>
    note(
      "pass-filled",
      "good",
      html`<a href="#" @click=${(event: Event) => {
        event.preventDefault();
        onOpen(index);
      }}>${path}</a>`,
    ),
  )}
  ${notes.slice(link === undefined ? 1 : 0).map((text) => note("warning", "warning", text))}
`;

/** The offer to restore the picture that was discarded last. */
export const undoOffer = (discarded: TablePicture | undefined, onUndo: () => void) =>
  discarded === undefined
    ? nothing
    : html`
        <div class="undo">
          <span dir="auto">${l10n.t("Discarded: {0}", discarded.label)}</span>
          <vscode-button secondary class="undo-discard" icon="discard" @click=${onFirstClick(onUndo)}>${l10n.t("Undo")}</vscode-button>
        </div>
      `;
