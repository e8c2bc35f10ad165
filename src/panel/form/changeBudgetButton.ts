import * as l10n from "@vscode/l10n";
import { html, type TemplateResult } from "lit";
import { post } from "../../webview/vscodeApi.ts";

/** The button that opens the settings of the budgets. */
export const changeBudgetButton = (): TemplateResult =>
  html`<button type="button" class="link" @click=${() => post({ type: "command", command: "budget" })}>
    ${l10n.t("Change Budget…")}
  </button>`;
