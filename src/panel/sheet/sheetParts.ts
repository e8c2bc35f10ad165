import * as l10n from "@vscode/l10n";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Filter, filters } from "../../core/sheet/filters.ts";
import { formatBytes } from "../../core/text/byteSize.ts";
import type { SheetView } from "../../protocol.ts";
import { post } from "../../webview/vscodeApi.ts";
import type { JobAction } from "../jobs/jobActions.ts";
import { formatNumber } from "../shared/format.ts";
import "../prompts/examplePrompts.ts";

const filterLabels: Readonly<Record<Filter, string>> = {
  all: l10n.t("All"),
  unkept: l10n.t("Not kept"),
  kept: l10n.t("Kept"),
  starred: l10n.t("Starred"),
  discarded: l10n.t("Discarded"),
};

/** What the sheet says if no picture matches the filter. */
const noMatches: Readonly<Record<Filter, string>> = {
  all: l10n.t("No picture matches."),
  unkept: l10n.t("All pictures here are kept."),
  kept: l10n.t("No picture is kept yet. K keeps the selected one."),
  starred: l10n.t("No picture is starred yet. S stars the selected one."),
  discarded: l10n.t("No picture is discarded."),
};

/** Which pictures the sheet shows. */
export interface ShownPictures {
  readonly text: string;
  readonly filter: Filter;
  /** Whether pictures of other workspaces are shown too. */
  readonly isEverywhere: boolean;
}

/** How many pictures there are. */
type Tallies = Pick<SheetView, "counts" | "elsewhere">;

interface HeaderListener {
  onSearch(text: string): void;
  onFilter(filter: Filter): void;
  onEverywhere(isChosen: boolean): void;
  onShowKeys(): void;
  /** Called when the user leaves the search field with the keyboard. */
  onLeave(): void;
}

/** The head of the sheet: search field, and filters with the number of pictures that each shows. */
export function sheetHeader(
  { text, filter, isEverywhere }: ShownPictures,
  { counts, elsewhere }: Tallies,
  waitActions: readonly JobAction[],
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
    <h2 id="title">${l10n.t("Pictures")}</h2>
    <vscode-textfield
      type="search"
      placeholder=${l10n.t("Search prompts")}
      .label=${l10n.t("Search prompts")}
      .value=${text}
      @input=${onInput}
      @keydown=${onKeydown}
      ><vscode-icon slot="content-before" name="search"></vscode-icon
    ></vscode-textfield>
      ${repeat(
        waitActions,
        // Another action must not get the focus of one that is gone.
        ({ icon }) => icon,
        ({ name, icon, hint, onClick }) =>
          html`<vscode-toolbar-button icon=${icon} .label=${name} title=${`${name}. ${hint}`} @click=${onClick}></vscode-toolbar-button>`,
      )}
      <vscode-toolbar-button
        icon="keyboard"
        .label=${l10n.t("Show keys")}
        title=${l10n.t("Show keys (?)")}
        @click=${() => listener.onShowKeys()}
      ></vscode-toolbar-button>
    <fieldset class="filters">
      <legend>${l10n.t("Show")}</legend>
      ${filters.map(
        (one) => html`
          <label class=${one === filter ? "chosen" : ""}
            ><input type="radio" name="filter" .checked=${one === filter} @change=${() => listener.onFilter(one)} />${filterLabels[one]}
            ${counts[one] > 0 ? html`<span class="tally">${formatNumber(counts[one])}</span>` : nothing}</label
          >
        `,
      )}
      ${
        elsewhere === 0 && !isEverywhere
          ? nothing
          : html`<label class="others ${isEverywhere ? "chosen" : ""}" title=${l10n.t("Other workspaces")}
              ><input type="checkbox" .checked=${isEverywhere} @change=${() => listener.onEverywhere(!isEverywhere)} /><vscode-icon
                name="multiple-windows"
              ></vscode-icon
              ><span class="text">${l10n.t("Other workspaces")}</span>
              <span class="tally">${formatNumber(elsewhere)}</span></label
            >`
      }
    </fieldset>
  </div>`;
}

const allDiscarded = (onShow: () => void): TemplateResult => html`<div class="empty">
  <vscode-icon name="trash" size="28"></vscode-icon>
  <p>${l10n.t("All pictures here are discarded. They stay in the vault until it is cleaned up.")}</p>
  <vscode-button class="show-discarded" secondary @click=${onShow}>${l10n.t("Show Discarded")}</vscode-button>
</div>`;

interface EmptyListener {
  onShow(filter: Filter): void;
  onShowEverywhere(): void;
}

/** Leads to the pictures of other workspaces; nothing if there are none. */
const elsewhereButton = (elsewhere: number, onShow: () => void): TemplateResult | typeof nothing =>
  elsewhere === 0
    ? nothing
    : html`<vscode-button class="show-elsewhere" secondary @click=${onShow}
        >${
          elsewhere === 1
            ? l10n.t("Show 1 Picture of Another Workspace")
            : l10n.t("Show {0} Pictures of Other Workspaces", formatNumber(elsewhere))
        }</vscode-button
      >`;

/**
 * What the sheet shows without pictures: none made yet, none here yet, none in this workspace, or
 * none that match a search or a filter.
 */
export function emptyState(
  { text, filter }: ShownPictures,
  { counts, elsewhere }: Tallies,
  listener: EmptyListener,
): TemplateResult {
  if (counts.all === 0 && counts.discarded > 0) {
    return allDiscarded(() => listener.onShow("discarded"));
  }
  const ofOthers = elsewhereButton(elsewhere, () => listener.onShowEverywhere());
  if (text !== "" || filter !== "all") {
    return html`<div class="empty">
      <vscode-icon name="search" size="28"></vscode-icon>
      <p>${noMatches[text === "" ? filter : "all"]}</p>
      <vscode-button secondary @click=${() => listener.onShow("all")}>${l10n.t("Show All Pictures")}</vscode-button>
      ${ofOthers}
    </div>`;
  }
  return html`<div class="empty">
    <vscode-icon name="file-media" size="28"></vscode-icon>
    <p>
      ${
        elsewhere > 0
          ? l10n.t("No pictures in this workspace yet.")
          : l10n.t("No pictures yet. Every picture you make appears here, kept or not.")
      }
    </p>
    ${ofOthers}
    <limn-example-prompts></limn-example-prompts>
  </div>`;
}

/** The foot of the sheet: size of the vault, if it is known, and the button that cleans it up. */
export const sheetFooter = (vaultBytes: number | undefined): TemplateResult => html`
  <footer>
    <span>${vaultBytes === undefined ? nothing : l10n.t("Vault: {0}", formatBytes(vaultBytes))}</span>
    <vscode-button class="clean-up" secondary @click=${() => post({ type: "cleanUp" })}>${l10n.t("Clean Up…")}</vscode-button>
  </footer>
`;
