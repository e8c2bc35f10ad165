import { css } from "lit";

/** How the queue looks: cards whose coloured edge shows the status. */
export const jobsStyle = css`
  :host {
    color: var(--vscode-foreground);
    display: block;
    font: var(--vscode-font-weight, normal) var(--vscode-font-size, 13px) / 1.4 var(--vscode-font-family, sans-serif);
  }

  section {
    padding: 8px 12px;
  }

  header {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    justify-content: space-between;
    margin-bottom: 6px;
  }

  .all {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }

  .number {
    color: var(--vscode-descriptionForeground);
    font-weight: normal;
  }

  ul {
    display: grid;
    gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
    list-style: none;
    margin: 0;
    padding: 0;
  }

  .more {
    color: var(--vscode-descriptionForeground);
    margin: 8px 0 0;
  }

  .job {
    --tone: var(--vscode-progressBar-background);
    background: var(--vscode-editorWidget-background, transparent);
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-inline-start: 3px solid var(--tone);
    border-radius: 4px;
    box-sizing: border-box;
    min-width: 0;
    padding: 8px 10px;
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
    align-items: center;
    display: flex;
    font-weight: 600;
    gap: 6px;
  }

  .state vscode-icon {
    color: var(--tone);
    flex: none;
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
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    display: -webkit-box;
    margin-top: 4px;
    overflow: hidden;
    overflow-wrap: anywhere;
  }

  .facts {
    color: var(--vscode-descriptionForeground);
    font-size: 0.92em;
    font-variant-numeric: tabular-nums;
  }

  .facts {
    align-items: center;
    display: flex;
    gap: 4px;
    justify-content: space-between;
    min-height: 22px;
  }

  .facts span {
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .facts vscode-toolbar-button {
    flex: none;
    margin-inline-end: -4px;
  }

  .thumbnails {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
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
    white-space: pre-line;
  }

  /* A label with a price may be wider than a narrow panel. */
  .actions vscode-button {
    max-width: 100%;
  }

  .actions vscode-button::part(base) {
    padding-inline: 5px;
    white-space: normal;
  }

  .actions {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 8px;
  }

  @media (prefers-reduced-motion: reduce) {
    vscode-icon[spin] {
      animation: none;
    }
  }
`;
