import { css } from "lit";

/** Styles of buttons like those of VS Code, for pages without components. */
export const buttonStyle = css`
  button {
    background: var(--vscode-button-background);
    border: 1px solid var(--vscode-button-border, transparent);
    border-radius: 2px;
    color: var(--vscode-button-foreground);
    cursor: pointer;
    font: inherit;
    padding: 4px 11px;
  }
  button:hover {
    background: var(--vscode-button-hoverBackground);
  }
  button:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }
`;
