import { css } from "lit";
import { visuallyHidden } from "../../webview/visuallyHidden.ts";
import { linkStyle } from "../shared/linkStyle.ts";
import { textfieldStyle } from "../shared/textfieldStyle.ts";

/**
 * Styles of the sheet around its tiles. The bars above and below them are sticky.
 * The bars are as wide as the panel, so that no picture shows beside them.
 * In the facts, the files of a kept picture are more important than the rest.
 */
export const sheetStyle = css`
  ${textfieldStyle}
  ${linkStyle}

  :host {
    --ground: var(--vscode-sideBar-background, var(--vscode-editor-background));
    color: var(--vscode-foreground);
    display: block;
    font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 1.4 var(--vscode-font-family, sans-serif);
  }

  section {
    padding: 0 12px 8px;
  }

  .bar,
  .strip {
    background: var(--ground);
    margin: 0 -12px;
    position: sticky;
    z-index: 2;
  }

  .bar {
    align-items: center;
    border-bottom: 1px solid var(--vscode-sideBarSectionHeader-border, var(--vscode-contrastBorder, transparent));
    display: flex;
    flex-wrap: wrap;
    gap: 4px 6px;
    padding: 4px 8px 4px 12px;
    top: var(--generate, 0px);
  }

  vscode-textfield {
    flex: 1 1 84px;
    min-width: 0;
    width: auto;
  }

  .filters {
    border: 0;
    display: flex;
    flex: 1 1 100%;
    flex-wrap: wrap;
    font-size: 12px;
    margin: 0;
    min-width: 0;
    padding: 1px;
  }

  legend,
  .filters input {
    ${visuallyHidden}
  }

  .filters label {
    border: 1px solid transparent;
    border-radius: 10px;
    cursor: pointer;
    padding: 1px 5px;
    white-space: nowrap;
  }

  .filters label:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
  }

  .filters .chosen {
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder, transparent);
    color: var(--vscode-inputOption-activeForeground);
  }

  .filters label:has(:focus-visible) {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  .others {
    align-items: center;
    display: inline-flex;
    gap: 3px;
    position: relative;
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
    border-top: 1px solid var(--vscode-sideBarSectionHeader-border, var(--vscode-contrastBorder, transparent));
    bottom: 0;
    padding: 6px 12px;
  }

  .facts {
    align-items: center;
    color: var(--vscode-descriptionForeground);
    display: flex;
    font-size: 0.92em;
    font-variant-numeric: tabular-nums;
    gap: 6px;
    white-space: nowrap;
  }

  .facts span {
    flex-shrink: 99;
    min-width: 60px;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .link {
    min-width: 40px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .link:focus-visible {
    outline-offset: -1px;
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

  .warning vscode-icon {
    color: var(--vscode-editorWarning-foreground, currentColor);
  }

  .actions {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-top: 4px;
  }

  .actions vscode-button::part(base) {
    padding-inline: 7px;
  }

  @media (max-width: 399px) {
    .filters label:not(.chosen, .others) .tally {
      display: none;
    }

    .others .text {
      ${visuallyHidden}
    }
  }

  @media (max-width: 339px) {
    .tally {
      display: none;
    }

    .filters label {
      padding: 1px 4px;
    }
  }

  @media (max-width: 319px) {
    .actions vscode-button::part(base) {
      font-size: 12px;
      padding-inline: 3px;
    }
  }

  @media (max-width: 279px) {
    .filters label {
      padding: 1px 2px;
    }
  }

  .impossible {
    opacity: 0.5;
  }

  .undo {
    align-items: center;
    display: flex;
    gap: 8px;
    justify-content: space-between;
    padding-bottom: 6px;
  }

  .settings dl {
    display: grid;
    gap: 2px 10px;
    grid-template-columns: auto minmax(0, 1fr);
    margin: 0;
    max-height: 40vh;
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
    color: var(--vscode-descriptionForeground);
    display: grid;
    gap: 8px;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    padding: 28px 12px;
    text-align: center;
  }

  .empty vscode-button {
    max-width: 100%;
  }

  .empty vscode-button::part(base) {
    white-space: normal;
  }

  .empty p {
    margin: 0;
    max-width: 32ch;
  }

  footer {
    align-items: center;
    color: var(--vscode-descriptionForeground);
    display: flex;
    gap: 8px;
    justify-content: space-between;
    padding: 10px 0 4px;
  }
`;
