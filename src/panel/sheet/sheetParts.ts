import { html, nothing, type TemplateResult } from "lit";
import type { Snapshot } from "../../protocol.ts";
import { formatBytes } from "../jobs/format.ts";
import { post } from "../shared/vscodeApi.ts";
import { type Filter, filters } from "./sheetEntries.ts";

const filterLabels: Readonly<Record<Filter, string>> = {
  all: "All",
  unkept: "Not kept",
  kept: "Kept",
  starred: "Starred",
  discarded: "Discarded",
};

interface HeaderListener {
  onSearch(text: string): void;
  onFilter(filter: Filter): void;
  onShowKeys(): void;
  /** Called when a person is done with the search field. */
  onLeave(): void;
}

/** The head of the sheet: search field, and filters with how many pictures each would show. */
export function sheetHeader(
  text: string,
  filter: Filter,
  counts: Readonly<Record<Filter, number>>,
  listener: HeaderListener,
): TemplateResult {
  const onInput = ({ currentTarget }: Event) => {
    if (currentTarget instanceof Element && "value" in currentTarget) {
      listener.onSearch(String(currentTarget.value));
    }
  };
  const onKeydown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && text !== "") {
      listener.onSearch("");
    } else if (["Escape", "Enter", "ArrowDown"].includes(event.key)) {
      listener.onLeave();
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
        @click=${() => listener.onShowKeys()}
      ></vscode-toolbar-button>
    </div>
    <vscode-textfield
      type="search"
      placeholder="Search prompts"
      .label=${"Search prompts"}
      .value=${text}
      @input=${onInput}
      @keydown=${onKeydown}
      ><vscode-icon slot="content-before" name="search"></vscode-icon
    ></vscode-textfield>
    <fieldset class="filters">
      <legend>Show</legend>
      ${filters.map(
        (one) => html`
          <label class=${one === filter ? "chosen" : ""}
            ><input type="radio" name="filter" .checked=${one === filter} @change=${() => listener.onFilter(one)} />${filterLabels[one]}
            <span class="tally">${counts[one].toLocaleString("en-US")}</span></label
          >
        `,
      )}
    </fieldset>
  </div>`;
}

const requestPromptFocus = (event: Event) =>
  event.currentTarget?.dispatchEvent(
    new CustomEvent("limn-focus-field", { detail: "prompt", bubbles: true, composed: true }),
  );

const allDiscarded = (onShow: () => void): TemplateResult => html`<div class="empty">
  <vscode-icon name="trash" size="28"></vscode-icon>
  <p>All pictures here are discarded. They stay in the vault until it is cleaned up.</p>
  <vscode-button class="show-discarded" secondary @click=${onShow}>Show Discarded</vscode-button>
</div>`;

/**
 * What stands where no picture is: nothing made yet, nothing here yet, or nothing found. Without a
 * key there is no prompt to go to.
 */
export function emptyState(
  { jobs, engine }: Pick<Snapshot, "jobs" | "engine">,
  isFiltered: boolean,
  counts: Readonly<Record<Filter, number>>,
  onShow: (filter: Filter) => void,
): TemplateResult {
  if (counts.all === 0 && counts.discarded > 0) {
    return allDiscarded(() => onShow("discarded"));
  }
  if (isFiltered) {
    return html`<div class="empty">
      <vscode-icon name="search" size="28"></vscode-icon>
      <p>No picture matches.</p>
      <vscode-button secondary @click=${() => onShow("all")}>Show All Pictures</vscode-button>
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
        ${engine.isReady ? html`<vscode-button secondary @click=${requestPromptFocus}>Write a Prompt</vscode-button>` : nothing}
      </div>`;
}

/** The foot of the sheet: how much room the pictures take, and the way to less of it. */
export const sheetFooter = (vaultBytes: number): TemplateResult => html`
  <footer>
    <span>Vault: ${formatBytes(vaultBytes)}</span>
    <vscode-button class="clean-up" secondary @click=${() => post({ type: "cleanUp" })}>Clean Up…</vscode-button>
  </footer>
`;
