import { css } from "lit";
import { chequered } from "../../../webview/chequered.ts";
import { linkStyle } from "../../shared/linkStyle.ts";

/**
 * Styles of the tiles. Marks are glyphs of the codicon font: an icon component in each tile would
 * load its style sheet while the user scrolls.
 * The newest pictures are as large as a thumbnail is sharp.
 * The frame of a tile is over the picture, so that it shows on dark and on bright ones alike.
 */
export const gridStyle = css`
  :host {
    display: block;
  }

  lit-virtualizer {
    display: block;
    outline: none;
    scroll-margin-top: var(--above, 0px);
  }

  .row {
    box-sizing: border-box;
    width: 100%;
  }

  .unloaded {
    height: var(--row-height, 80px);
  }

  .tiles {
    align-items: start;
    display: grid;
    gap: 6px;
    grid-template-columns: repeat(var(--columns, 2), minmax(0, 1fr));
    padding: 3px 0;
  }

  .newest.of-1 {
    grid-template-columns: minmax(0, 320px);
  }

  .newest.of-2 {
    grid-template-columns: repeat(2, minmax(0, 320px));
  }

  .heading {
    padding: 10px 0 3px;
    position: relative;
  }

  .line {
    align-items: baseline;
    display: flex;
    gap: 8px;
    justify-content: space-between;
  }

  ${linkStyle}

  .line .link {
    flex: none;
    font-size: 0.92em;
  }

  vscode-progress-bar {
    inset: auto 0 0;
    position: absolute;
  }

  .prompt {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .facts,
  .lost {
    color: var(--vscode-descriptionForeground);
    font-size: 0.92em;
    font-variant-numeric: tabular-nums;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .lost {
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    display: -webkit-box;
    overflow-wrap: anywhere;
    white-space: normal;
  }

  .lost::before {
    color: var(--vscode-editorWarning-foreground, currentColor);
    content: "\\ea6c";
    font: 12px codicon;
    margin-inline-end: 4px;
  }

  .tile {
    background: var(--vscode-editorWidget-background, transparent);
    border-radius: 4px;
    cursor: pointer;
    outline: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
    outline-offset: -1px;
    overflow: hidden;
    position: relative;
    user-select: none;
    scroll-margin: calc(var(--above, 0px) + 6px) 0 calc(var(--below, 0px) + 6px);
  }

  .frame {
    display: block;
    width: 100%;
  }

  .tile img {
    height: 100%;
    inset: 0;
    max-height: none;
    max-width: none;
    object-fit: contain;
    position: absolute;
    width: 100%;
  }

  .tile img.alpha {
    ${chequered}
  }

  .tile img[hidden] {
    display: none;
  }

  .tile::before {
    color: var(--vscode-descriptionForeground);
    content: "\\eaea";
    display: grid;
    font: 20px codicon;
    inset: 0;
    opacity: 0.35;
    place-content: center;
    position: absolute;
  }

  .tile::after {
    border: 0 solid var(--vscode-focusBorder);
    border-radius: inherit;
    content: "";
    inset: 0;
    pointer-events: none;
    position: absolute;
  }

  .waiting {
    cursor: default;
  }

  .waiting::before {
    animation: waiting 2.4s ease-in-out infinite;
  }

  @keyframes waiting {
    50% {
      opacity: 0.1;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .waiting::before {
      animation: none;
    }
  }

  :host-context(.vscode-reduce-motion) .waiting::before {
    animation: none;
  }

  .tile:hover::after {
    border-color: var(--vscode-list-hoverForeground, var(--vscode-foreground));
    border-width: 1px;
  }

  .tile.active::after {
    border-color: var(--vscode-list-inactiveFocusOutline, var(--vscode-descriptionForeground));
    border-width: 2px;
    box-shadow: inset 0 0 0 1px var(--vscode-sideBar-background);
  }

  lit-virtualizer:focus .tile.active::after {
    border-color: var(--vscode-focusBorder);
    border-width: 3px;
  }

  .tile.selected::after {
    background: color-mix(in srgb, var(--vscode-focusBorder) 25%, transparent);
    border-color: var(--vscode-focusBorder);
    border-width: 2px;
  }

  .tile.active[aria-selected="false"]::after {
    border-style: dashed;
  }

  .marks {
    display: flex;
    gap: 3px;
    inset-block-start: 5px;
    inset-inline-end: 5px;
    position: absolute;
  }

  .unshown {
    color: var(--vscode-descriptionForeground);
    display: grid;
    inset: 24px 8px;
    place-content: center;
    position: absolute;
    text-align: center;
  }

  .marks i,
  .check,
  .number {
    background: var(--vscode-badge-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 9px;
    box-sizing: border-box;
    color: var(--vscode-badge-foreground);
    display: grid;
    font: 12px codicon;
    height: 18px;
    min-width: 18px;
    place-content: center;
  }

  .check {
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    inset-block-start: 5px;
    inset-inline-start: 5px;
    position: absolute;
  }

  .check::before {
    content: "\\eab2";
  }

  .kept::before {
    content: "\\eab2";
  }

  .starred::before {
    content: "\\eb59";
  }

  .unsafe::before {
    content: "\\ea6c";
  }

  .marked::before {
    content: "\\eaa5";
  }

  .number {
    font: 10px / 1 var(--vscode-font-family, sans-serif);
    inset-block-end: 5px;
    inset-inline-start: 5px;
    opacity: 0;
    padding: 0 4px;
    position: absolute;
  }

  .tile:hover .number,
  .tile.active .number {
    opacity: 1;
  }
`;
