import { css } from "lit";

/** How the table of keys looks. */
export const keysStyle = css`
  [popover] {
    box-sizing: border-box;
    max-width: calc(100vw - 16px);
    max-height: calc(100vh - 16px);
    padding: 12px 16px;
    overflow-y: auto;
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 5px;
    background: var(--vscode-editorWidget-background);
    color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
    outline: none;
  }
  h3 {
    margin: 0 0 8px;
    font-size: 1em;
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 12px;
    align-items: baseline;
    margin: 0;
  }
  kbd {
    padding: 1px 4px;
    border: 1px solid var(--vscode-keybindingLabel-border, var(--vscode-contrastBorder, transparent));
    border-bottom-color: var(--vscode-keybindingLabel-bottomBorder, var(--vscode-contrastBorder, transparent));
    border-radius: 3px;
    background: var(--vscode-keybindingLabel-background);
    color: var(--vscode-keybindingLabel-foreground, inherit);
    font: inherit;
    font-size: 0.9em;
  }
  dd {
    margin: 0;
  }
`;
