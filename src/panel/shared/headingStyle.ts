import { css } from "lit";

/** The heading of a section of the panel, like those of VS Code's side bar. */
export const headingStyle = css`
  h2 {
    color: var(--vscode-sideBarSectionHeader-foreground, var(--vscode-foreground));
    font-size: 11px;
    font-weight: 700;
    line-height: 22px;
    margin: 0;
    text-transform: uppercase;
  }
`;
