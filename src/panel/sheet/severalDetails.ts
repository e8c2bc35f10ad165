import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type ActionOnSeveral, describeSeveral, offeredActions } from "./severalActions.ts";
import type { SheetEntry } from "./sheetEntries.ts";

/** The pictures that are selected together: how many they are, and the actions for all of them. */
export function severalDetails(
  entries: readonly SheetEntry[],
  isCut: boolean,
  onAction: (action: ActionOnSeveral) => void,
  onCancel: () => void,
): TemplateResult {
  return html`
    <div class="facts">
      <span role="status">${describeSeveral(entries, isCut)}</span>
      <vscode-toolbar-button
        icon="close"
        .label=${l10n.t("Cancel Selection")}
        title=${l10n.t("Cancel Selection (Escape)")}
        @click=${onCancel}
      ></vscode-toolbar-button>
    </div>
    <div class="actions" role="group" aria-label=${l10n.t("Actions for the selected pictures")}>
      ${repeat(
        offeredActions(entries),
        ({ id }) => id,
        (action) => html`<vscode-button
          secondary
          data-action=${action.id}
          title=${action.key === undefined ? action.name : `${action.name} (${action.key})`}
          @click=${() => onAction(action)}
        >${action.name}</vscode-button>`,
      )}
    </div>
  `;
}
