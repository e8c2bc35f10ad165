import { css } from "lit";
import { chequered } from "../webview/chequered.ts";
import { visuallyHidden } from "../webview/visuallyHidden.ts";

/** Styles of the page, the filmstrip and the actions. */
export const tableStyle = css`
  main {
    color: var(--vscode-editor-foreground);
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    height: 100vh;
    position: relative;
  }

  .details {
    border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    display: grid;
    gap: 6px;
    padding: 8px 12px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }

  .crop-text {
    align-self: center;
    font-variant-numeric: tabular-nums;
  }

  .impossible {
    opacity: 0.6;
  }

  .note,
  .undo {
    align-items: center;
    display: flex;
    gap: 6px;
    min-width: 0;
  }

  .note span,
  .undo span {
    overflow-wrap: anywhere;
  }

  .note vscode-icon {
    flex: none;
  }

  .good {
    color: var(--vscode-testing-iconPassed, var(--vscode-editor-foreground));
  }

  .warning {
    color: var(--vscode-editorWarning-foreground);
  }

  a {
    color: var(--vscode-textLink-foreground);
    text-decoration: underline;
  }

  a:focus-visible,
  .tile:focus-visible {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  .filmstrip {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    min-width: 0;
  }

  .tiles {
    display: flex;
    gap: 8px;
    min-width: 0;
    margin-inline-start: -4px;
    overflow-x: auto;
    padding: 4px;
  }

  .tile {
    align-items: center;
    background: var(--vscode-editorWidget-background, transparent);
    border: 2px solid transparent;
    cursor: pointer;
    display: flex;
    flex: none;
    height: 64px;
    justify-content: center;
    min-width: 48px;
    position: relative;
  }

  .tile[aria-selected="true"] {
    border-color: var(--vscode-focusBorder);
  }

  .tile img {
    display: block;
    height: 100%;
  }

  .tile img.alpha {
    ${chequered}
  }

  .tile.discarded img {
    filter: grayscale(1);
    opacity: 0.4;
  }

  .marks {
    background: var(--vscode-editor-background);
    bottom: 0;
    color: var(--vscode-editor-foreground);
    display: flex;
    position: absolute;
    right: 0;
  }

  .pending {
    color: var(--vscode-descriptionForeground);
  }

  h1 {
    ${visuallyHidden}
  }

  @media (max-height: 420px) {
    .tile {
      height: 36px;
    }
  }
`;
