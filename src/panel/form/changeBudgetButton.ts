import { html, type TemplateResult } from "lit";
import { post } from "../shared/vscodeApi.ts";

/** The way to the budget's settings, where a budget stands in the way. */
export const changeBudgetButton = (): TemplateResult =>
  html`<button type="button" class="link" @click=${() => post({ type: "command", command: "budget" })}>
    Change Budget…
  </button>`;
