import { css } from "lit";

/**
 * How the tiles look. Marks are glyphs of the codicon font: an icon component in each tile would
 * load its style sheet while one scrolls.
 */
export const gridStyle = css`
  :host {
    display: block;
  }
  lit-virtualizer {
    display: block;
    outline: none;
  }
  .row {
    width: 100%;
    box-sizing: border-box;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(var(--columns, 2), minmax(0, 1fr));
    gap: 6px;
    align-items: start;
    padding: 3px 0;
  }
  .heading {
    padding: 10px 0 3px;
  }
  .prompt {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .facts,
  .lost {
    overflow: hidden;
    color: var(--vscode-descriptionForeground);
    font-size: 0.92em;
    font-variant-numeric: tabular-nums;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .lost {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .lost::before {
    margin-inline-end: 4px;
    color: var(--vscode-editorWarning-foreground, currentColor);
    font: 12px codicon;
    content: "\\ea6c";
  }
  .tile {
    position: relative;
    overflow: hidden;
    scroll-margin: calc(var(--above, 0px) + 6px) 0 calc(var(--below, 0px) + 6px);
    border-radius: 4px;
    outline: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
    outline-offset: -1px;
    background: var(--vscode-editorWidget-background, transparent);
    cursor: pointer;
  }
  .frame {
    display: block;
    width: 100%;
  }
  .tile img {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    max-width: none;
    max-height: none;
    object-fit: contain;
  }
  .tile img[hidden] {
    display: none;
  }
  .tile::before {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    color: var(--vscode-descriptionForeground);
    font: 20px codicon;
    content: "\\eaea";
    opacity: 0.35;
  }
  /* Over the picture, so that it is seen on dark and on bright ones alike. */
  .tile::after {
    position: absolute;
    inset: 0;
    border: 0 solid var(--vscode-focusBorder);
    border-radius: inherit;
    content: "";
    pointer-events: none;
  }
  .tile:hover::after {
    border-width: 1px;
    border-color: var(--vscode-list-hoverForeground, var(--vscode-foreground));
  }
  .tile.active::after {
    border-width: 2px;
    border-color: var(--vscode-list-inactiveFocusOutline, var(--vscode-descriptionForeground));
    box-shadow: inset 0 0 0 1px var(--vscode-sideBar-background);
  }
  lit-virtualizer:focus .tile.active::after {
    border-width: 3px;
    border-color: var(--vscode-focusBorder);
  }
  .marks {
    position: absolute;
    inset-block-start: 5px;
    inset-inline-end: 5px;
    display: flex;
    gap: 3px;
  }
  .unshown {
    position: absolute;
    inset: 24px 8px;
    display: grid;
    place-content: center;
    text-align: center;
    color: var(--vscode-descriptionForeground);
  }
  .marks i,
  .number {
    display: grid;
    place-content: center;
    box-sizing: border-box;
    min-width: 18px;
    height: 18px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 9px;
    background: var(--vscode-badge-background);
    color: var(--vscode-badge-foreground);
    font: 12px codicon;
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
    position: absolute;
    inset-block-end: 5px;
    inset-inline-start: 5px;
    padding: 0 4px;
    font: 10px / 1 var(--vscode-font-family, sans-serif);
    opacity: 0;
  }
  .tile:hover .number,
  .tile.active .number {
    opacity: 1;
  }
`;
