import { html, nothing, type TemplateResult } from "lit";
import type { Snapshot } from "../../protocol.ts";
import { post } from "../bridge.ts";
import { size } from "../jobs/words.ts";
import { type Filter, filters } from "./found.ts";

const names: Readonly<Record<Filter, string>> = {
  all: "All",
  unkept: "Not kept",
  kept: "Kept",
  starred: "Starred",
  discarded: "Discarded",
};

interface Hear {
  text(text: string): void;
  filter(filter: Filter): void;
  keys(): void;
  /** Called when a person is done with the search field. */
  leave(): void;
}

/** The head of the sheet: search field, and filters with how many pictures each would show. */
export function head(
  text: string,
  filter: Filter,
  tally: Readonly<Record<Filter, number>>,
  hear: Hear,
): TemplateResult {
  const input = ({ currentTarget }: Event) => {
    if (currentTarget instanceof Element && "value" in currentTarget) {
      hear.text(String(currentTarget.value));
    }
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape" && text !== "") {
      hear.text("");
    } else if (["Escape", "Enter", "ArrowDown"].includes(event.key)) {
      hear.leave();
    } else {
      return;
    }
    event.preventDefault();
  };
  return html`<div class="bar">
    <div class="title">
      <h2 id="title">Pictures</h2>
      <vscode-toolbar-button
        icon="keyboard"
        .label=${"Show keys"}
        title="Show keys (?)"
        @click=${() => hear.keys()}
      ></vscode-toolbar-button>
    </div>
    <vscode-textfield
      type="search"
      placeholder="Search prompts"
      .label=${"Search prompts"}
      .value=${text}
      @input=${input}
      @keydown=${key}
      ><vscode-icon slot="content-before" name="search"></vscode-icon
    ></vscode-textfield>
    <fieldset class="filters">
      <legend>Show</legend>
      ${filters.map(
        (one) => html`
          <label class=${one === filter ? "chosen" : ""}
            ><input type="radio" name="filter" .checked=${one === filter} @change=${() => hear.filter(one)} />${names[one]}
            <span class="tally">${tally[one].toLocaleString("en-US")}</span></label
          >
        `,
      )}
    </fieldset>
  </div>`;
}

const focusPrompt = (event: Event) =>
  event.currentTarget?.dispatchEvent(
    new CustomEvent("limn-focus-field", { detail: "prompt", bubbles: true, composed: true }),
  );

const allDiscarded = (show: () => void): TemplateResult => html`<div class="empty">
  <vscode-icon name="trash" size="28"></vscode-icon>
  <p>All pictures here are discarded. They stay in the vault until it is cleaned up.</p>
  <vscode-button class="show-discarded" secondary @click=${show}>Show Discarded</vscode-button>
</div>`;

/** What stands where no picture is: nothing made yet, nothing here yet, or nothing found. Without a key there is no prompt to go to. */
export function empty(
  { jobs, engine }: Pick<Snapshot, "jobs" | "engine">,
  looked: boolean,
  tally: Readonly<Record<Filter, number>>,
  show: (filter: Filter) => void,
): TemplateResult {
  if (tally.all === 0 && tally.discarded > 0) {
    return allDiscarded(() => show("discarded"));
  }
  if (looked) {
    return html`<div class="empty">
      <vscode-icon name="search" size="28"></vscode-icon>
      <p>No picture matches.</p>
      <vscode-button secondary @click=${() => show("all")}>Show All Pictures</vscode-button>
    </div>`;
  }
  return jobs.some(({ state }) => state === "sending" || state === "running")
    ? html`<div class="empty">
        <vscode-icon name="file-media" size="28"></vscode-icon>
        <p>The first pictures are on their way. They appear here as they arrive.</p>
      </div>`
    : html`<div class="empty">
        <vscode-icon name="file-media" size="28"></vscode-icon>
        <p>No pictures yet. Every picture you make appears here, kept or not.</p>
        ${engine.ready ? html`<vscode-button secondary @click=${focusPrompt}>Write a Prompt</vscode-button>` : nothing}
      </div>`;
}

/** The foot of the sheet: how much room the pictures take, and the way to less of it. */
export const foot = (vaultBytes: number): TemplateResult => html`
  <footer>
    <span>Vault: ${size(vaultBytes)}</span>
    <vscode-button class="clean-up" secondary @click=${() => post({ type: "cleanUp" })}>Clean Up…</vscode-button>
  </footer>
`;
