import * as l10n from "@vscode/l10n";
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import type { ViewCommand } from "./viewCommand.ts";
import type { ViewSettings } from "./viewSettings.ts";

/** What the toolbar shows, and its callbacks. */
export interface ToolbarOptions {
  readonly settings: ViewSettings;
  readonly percent: number;
  /** Whether two pictures are compared. */
  readonly isPair: boolean;
  onMode(mode: ViewSettings["mode"]): void;
  onCommand(command: ViewCommand): void;
  onFlip(): void;
}

/** The toolbar above the pictures. The tooltip of a button names its key. */
export function toolbar({ settings, percent, isPair, onMode, onCommand, onFlip }: ToolbarOptions) {
  const modeButton = (name: ViewSettings["mode"], icon: string, text: string, key: string) => html`
    <vscode-toolbar-button icon=${icon} title="${text} (${key})" toggleable .checked=${live(settings.mode === name)}
      @change=${() => onMode(name)}><span class="text">${text}</span></vscode-toolbar-button>
  `;
  const commandButton = (icon: string, text: string, key: string, command: ViewCommand) => html`
    <vscode-toolbar-button icon=${icon} label=${text} title="${text} (${key})" @click=${() => onCommand(command)}></vscode-toolbar-button>
  `;
  const layouts = html`
    <div class="group" role="group" aria-label=${l10n.t("Layout")}>
      ${modeButton("slider", "compare-changes", l10n.t("Slider"), "1")} ${modeButton("side", "split-horizontal", l10n.t("Side by Side"), "2")}
    </div>
  `;
  const flip = html`
    <vscode-toolbar-button icon="arrow-swap" toggleable title=${l10n.t("Flip Left and Right (F, or Hold Space)")}
      .checked=${live(settings.flipped)} @change=${onFlip}><span class="text">${l10n.t("Flip")}</span></vscode-toolbar-button>
  `;
  return html`
    <div class="tools">
      ${isPair ? layouts : nothing}
      <div class="group" role="group" aria-label=${l10n.t("Zoom")}>
        ${commandButton("zoom-out", l10n.t("Zoom Out"), "−", { kind: "zoom", direction: -1 })}
        <span class="percent">${percent} %</span>
        ${commandButton("zoom-in", l10n.t("Zoom In"), "+", { kind: "zoom", direction: 1 })}
        <vscode-toolbar-button toggleable title=${isPair ? l10n.t("Show the Whole Pictures (0)") : l10n.t("Show the Whole Picture (0)")} .checked=${live(settings.view.scale === "fit")}
          @change=${() => onCommand({ kind: "fit" })}><span class="text">${l10n.t("Fit")}</span></vscode-toolbar-button>
        <vscode-toolbar-button toggleable title=${l10n.t("One Pixel for Each Pixel (9)")} .checked=${live(settings.view.scale === 1)}
          @change=${() => onCommand({ kind: "real" })}><span class="text">100 %</span></vscode-toolbar-button>
      </div>
      ${isPair ? flip : nothing}
    </div>
  `;
}
