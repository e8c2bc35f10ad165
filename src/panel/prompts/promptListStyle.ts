import { css } from "lit";

/** Styles of the list of prompts. */
export const promptListStyle = css`
  section {
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent));
    border-radius: 6px;
    color: var(--vscode-editorWidget-foreground);
    margin: 4px 0 0;
    padding: 6px;
  }

  .head {
    align-items: center;
    display: flex;
    gap: 4px;
  }

  vscode-textfield {
    flex: 1;
  }

  .lists {
    max-height: min(320px, 50vh);
    overflow-y: auto;
  }

  h2 {
    color: var(--vscode-descriptionForeground);
    font-size: 11px;
    font-weight: 600;
    margin: 8px 4px 2px;
  }

  ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }

  li {
    align-items: center;
    border-radius: 4px;
    display: flex;
    gap: 0;
  }

  li:hover {
    background: var(--vscode-list-hoverBackground);
    color: var(--vscode-list-hoverForeground, inherit);
  }

  li:focus-within {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }

  .use {
    background: none;
    border: none;
    border-radius: 4px;
    cursor: pointer;
    flex: 1;
    line-height: 18px;
    min-width: 0;
    padding: 3px 4px;
    text-align: start;
  }

  .use:focus-visible {
    outline-offset: -1px;
  }

  .name {
    align-items: center;
    display: flex;
    font-weight: 600;
    gap: 4px;
    overflow-wrap: anywhere;
  }

  .text {
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
  }

  .name + .text {
    -webkit-line-clamp: 1;
    color: var(--vscode-descriptionForeground);
    font-size: 12px;
  }

  .note {
    margin: 8px 4px 4px;
  }
`;
