import { css } from "lit";

/** Styles of the toolbar and the note. */
export const viewerStyle = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    min-height: 0;
  }

  /* A button would have the browser's own font. */
  .text {
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
  }

  .tools {
    align-items: center;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    padding: 4px 12px;
  }

  .group {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
  }

  .percent {
    font-variant-numeric: tabular-nums;
    min-width: 5ch;
    text-align: center;
  }

  .note {
    align-items: center;
    border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    color: var(--vscode-descriptionForeground);
    display: flex;
    gap: 6px;
    margin: 0;
    padding: 4px 12px;
  }

  .note vscode-icon {
    flex: none;
  }
`;
