import { css } from "lit";

/**
 * How the sheet looks around its tiles: search above and the selected picture below stay in view
 * while one scrolls.
 */
export const sheetStyle = css`
  :host {
    display: block;
    color: var(--vscode-foreground);
    font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 1.4 var(--vscode-font-family, sans-serif);
    --ground: var(--vscode-sideBar-background, var(--vscode-editor-background));
  }
  h2 {
    margin: 0;
    color: var(--vscode-sideBarSectionHeader-foreground, var(--vscode-foreground));
    font-size: 11px;
    font-weight: 700;
    line-height: 22px;
    text-transform: uppercase;
  }
  section {
    padding: 0 12px 8px;
  }
  /* To the edges of the panel, so that nothing of a picture passes beside them. */
  .bar,
  .strip {
    position: sticky;
    margin: 0 -12px;
    z-index: 2;
    background: var(--ground);
  }
  .bar {
    top: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    padding: 6px 12px;
    border-bottom: 1px solid var(--vscode-sideBarSectionHeader-border, var(--vscode-contrastBorder, transparent));
  }
  .title {
    display: flex;
    flex: 1 1 100%;
    align-items: center;
    justify-content: space-between;
  }
  vscode-textfield {
    flex: 1 1 160px;
    width: auto;
    min-width: 0;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend,
  .filters input {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .filters label {
    padding: 1px 6px;
    border: 1px solid transparent;
    border-radius: 10px;
    white-space: nowrap;
    cursor: pointer;
  }
  .filters label:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
  }
  .filters .chosen {
    border-color: var(--vscode-inputOption-activeBorder, transparent);
    background: var(--vscode-inputOption-activeBackground);
    color: var(--vscode-inputOption-activeForeground);
  }
  .filters label:has(:focus-visible) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  .tally {
    font-size: 0.85em;
    font-variant-numeric: tabular-nums;
    opacity: 0.85;
  }
  limn-grid {
    min-height: 40px;
  }
  .strip {
    bottom: 0;
    padding: 8px 12px;
    border-top: 1px solid var(--vscode-sideBarSectionHeader-border, var(--vscode-contrastBorder, transparent));
  }
  .about {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .facts {
    color: var(--vscode-descriptionForeground);
    font-size: 0.92em;
    font-variant-numeric: tabular-nums;
  }
  .note {
    display: flex;
    gap: 4px;
    margin-top: 2px;
    overflow-wrap: anywhere;
  }
  .note vscode-icon {
    flex: none;
  }
  .good vscode-icon {
    color: var(--vscode-testing-iconPassed, currentColor);
  }
  .warning vscode-icon {
    color: var(--vscode-editorWarning-foreground, currentColor);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    margin: 4px 0 0 -3px;
  }
  .impossible {
    opacity: 0.5;
  }
  .undo {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding-bottom: 6px;
  }
  .settings dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px 10px;
    max-height: 40vh;
    margin: 0;
    overflow-y: auto;
  }
  dt {
    color: var(--vscode-descriptionForeground);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 8px;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 28px 12px;
    color: var(--vscode-descriptionForeground);
    text-align: center;
  }
  .empty p {
    max-width: 32ch;
    margin: 0;
  }
  footer {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding: 10px 0 4px;
    color: var(--vscode-descriptionForeground);
  }
`;
