import { css } from "lit";

/** Buttons that look like links. */
export const linkStyle = css`
  .link {
    background: none;
    border: 0;
    color: var(--vscode-textLink-foreground);
    cursor: pointer;
    font: inherit;
    padding: 0;
    text-align: start;
    text-decoration: underline;
  }

  .link:hover {
    color: var(--vscode-textLink-activeForeground);
  }

  .link:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
`;
