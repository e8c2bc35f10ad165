import { html } from "lit";
import { live } from "lit/directives/live.js";
import type { Wish } from "./keys.ts";
import type { Look } from "./look.ts";

/** What the tools show and do. */
export interface Tools {
  readonly look: Look;
  readonly percent: number;
  setMode(mode: Look["mode"]): void;
  act(wish: Wish): void;
  flip(): void;
}

/** The tools above the pictures; each has a key of its own, told in its tooltip. */
export function toolbar({ look, percent, setMode, act, flip }: Tools) {
  const mode = (name: Look["mode"], icon: string, text: string, key: string) => html`
    <vscode-toolbar-button icon=${icon} title="${text} (${key})" toggleable .checked=${live(look.mode === name)}
      @change=${() => setMode(name)}><span class="text">${text}</span></vscode-toolbar-button>
  `;
  const tool = (icon: string, text: string, key: string, wish: Wish) => html`
    <vscode-toolbar-button icon=${icon} label=${text} title="${text} (${key})" @click=${() => act(wish)}></vscode-toolbar-button>
  `;
  return html`
    <div class="tools">
      <div class="group" role="group" aria-label="Layout">
        ${mode("slider", "compare-changes", "Slider", "1")} ${mode("side", "split-horizontal", "Side by Side", "2")}
      </div>
      <div class="group" role="group" aria-label="Zoom">
        ${tool("zoom-out", "Zoom Out", "−", { do: "zoom", direction: -1 })}
        <span class="percent">${percent} %</span>
        ${tool("zoom-in", "Zoom In", "+", { do: "zoom", direction: 1 })}
        <vscode-toolbar-button toggleable title="Show the Whole Pictures (0)" .checked=${live(look.view.scale === "fit")}
          @change=${() => act({ do: "fit" })}><span class="text">Fit</span></vscode-toolbar-button>
        <vscode-toolbar-button toggleable title="One Pixel for Each Pixel (9)" .checked=${live(look.view.scale === 1)}
          @change=${() => act({ do: "real" })}><span class="text">100 %</span></vscode-toolbar-button>
      </div>
      <vscode-toolbar-button icon="arrow-swap" toggleable title="Flip Left and Right (F, or Hold Space)"
        .checked=${live(look.flipped)} @change=${flip}><span class="text">Flip</span></vscode-toolbar-button>
    </div>
  `;
}
