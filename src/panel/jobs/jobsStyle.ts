import { css } from "lit";

/** How the queue looks: quiet cards with a coloured edge where something needs a person. */
export const jobsStyle = css`
  :host {
    display: block;
    color: var(--vscode-foreground);
    font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 1.4 var(--vscode-font-family, sans-serif);
  }
  section {
    padding: 8px 12px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 8px;
    margin-bottom: 6px;
  }
  .all {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  h2 {
    margin: 0;
    font-size: 11px;
    font-weight: 700;
    line-height: 22px;
    text-transform: uppercase;
    color: var(--vscode-sideBarSectionHeader-foreground, var(--vscode-foreground));
  }
  .number {
    font-weight: normal;
    color: var(--vscode-descriptionForeground);
  }
  ul {
    display: grid;
    gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .job {
    --tone: var(--vscode-progressBar-background);
    box-sizing: border-box;
    min-width: 0;
    padding: 8px 10px;
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-inline-start: 3px solid var(--tone);
    border-radius: 4px;
    background: var(--vscode-editorWidget-background, transparent);
  }
  .calm {
    --tone: var(--vscode-descriptionForeground);
  }
  .warning {
    --tone: var(--vscode-editorWarning-foreground, var(--vscode-foreground));
  }
  .error {
    --tone: var(--vscode-editorError-foreground, var(--vscode-foreground));
  }
  .state {
    display: flex;
    align-items: center;
    gap: 6px;
    font-weight: 600;
  }
  .state vscode-icon {
    flex: none;
    color: var(--tone);
  }
  .words {
    flex: 1;
    min-width: 0;
  }
  .percent {
    font-variant-numeric: tabular-nums;
    font-weight: normal;
  }
  vscode-progress-bar {
    display: block;
    margin: 6px 0 2px;
  }
  .prompt {
    display: -webkit-box;
    overflow: hidden;
    margin-top: 4px;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .hint,
  .facts {
    color: var(--vscode-descriptionForeground);
    font-size: 0.92em;
    font-variant-numeric: tabular-nums;
  }
  .facts {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 4px;
    min-height: 22px;
  }
  .facts vscode-toolbar-button {
    flex: none;
    margin-inline-end: -4px;
  }
  .thumbnails {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    margin-top: 6px;
  }
  .thumbnails img {
    border-radius: 3px;
    object-fit: cover;
  }
  .problem {
    margin: 6px 0 0;
    overflow-wrap: anywhere;
  }
  .problem span {
    white-space: pre-line;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    text-decoration: underline;
    cursor: pointer;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground);
  }
  .link:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    margin-top: 8px;
  }
  @media (prefers-reduced-motion: reduce) {
    vscode-icon[spin] {
      animation: none;
    }
  }
`;
