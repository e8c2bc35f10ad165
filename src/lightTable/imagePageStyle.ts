import { css } from "lit";

/**
 * Styles of the pages that show one image file and have no components: plain texts, and buttons
 * like those of VS Code.
 */
export const imagePageStyle = css`
  h1,
  p {
    font-size: inherit;
    font-weight: inherit;
    margin: 0;
    overflow-wrap: anywhere;
  }
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
