import { css } from "lit";

/** How the table of keys looks. */
export const keysStyle = css`
  [popover] {
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
    max-height: calc(100vh - 16px);
    max-width: calc(100vw - 16px);
    outline: none;
    padding: 12px 16px;
  }

  h3 {
    font-size: 1em;
    margin: 0 0 8px;
  }

  dl {
    align-items: baseline;
    display: grid;
    gap: 4px 12px;
    grid-template-columns: fit-content(6.5em) minmax(0, 1fr);
    margin: 0;
  }

  kbd {
    background: var(--vscode-keybindingLabel-background);
    border: 1px solid var(--vscode-keybindingLabel-border, var(--vscode-contrastBorder, transparent));
    border-bottom-color: var(--vscode-keybindingLabel-bottomBorder, var(--vscode-contrastBorder, transparent));
    border-radius: 3px;
    color: var(--vscode-keybindingLabel-foreground, inherit);
    display: block;
    font: inherit;
    font-size: 0.9em;
    padding: 1px 4px;
    width: fit-content;
  }

  dd {
    margin: 0;
  }

  @media (max-width: 229px) {
    dl {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
