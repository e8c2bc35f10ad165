import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { post } from "../../webview/vscodeApi.ts";
import type { DraftProblem } from "./draftProblem.ts";

/** The button that leads to what solves a problem outside the form; nothing if there is none. */
export function problemButton(problem: DraftProblem | undefined): TemplateResult | typeof nothing {
  switch (problem?.field) {
    case "budget":
      return html`<button type="button" class="link" @click=${() => post({ type: "command", command: "budget" })}>
        ${l10n.t("Change Budget…")}
      </button>`;
    case "engine":
      return html`<button type="button" class="link" @click=${() => post({ type: "command", command: "settings" })}>
        ${l10n.t("Open Settings")}
      </button>`;
    default:
      return nothing;
  }
}
