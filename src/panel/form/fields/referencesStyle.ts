import { css } from "lit";

/** How the strip of references looks. */
export const referencesStyle = css`
  ul {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    list-style: none;
    margin: 0;
    padding: 0;
  }

  li {
    border-radius: 4px;
    position: relative;
  }

  li.alone {
    flex: 1;
  }

  li.beside {
    align-self: center;
    font-size: 12px;
    line-height: 20px;
  }

  /* Where a dragged reference would be inserted. */
  li.before::before,
  li.after::after {
    background: var(--vscode-focusBorder);
    bottom: 0;
    content: "";
    left: -4px;
    position: absolute;
    top: 0;
    width: 2px;
  }

  li.after::after {
    left: auto;
    right: -4px;
  }

  .unread,
  .thumb,
  .add {
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-radio-inactiveBorder, var(--vscode-contrastBorder));
    border-radius: 4px;
    box-sizing: border-box;
    display: block;
    height: 54px;
    overflow: hidden;
    padding: 0;
    width: 54px;
  }

  .thumb,
  .add {
    cursor: pointer;
  }

  .thumb[aria-pressed="true"] {
    border-color: var(--vscode-focusBorder);
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 0;
  }

  .thumb[data-unusable] {
    border-style: dashed;
  }

  .thumb[data-unusable] :is(img, vscode-icon) {
    opacity: 0.4;
  }

  .remote {
    font-weight: 400;
  }

  .thumb vscode-icon {
    align-items: center;
    color: var(--vscode-descriptionForeground);
    display: flex;
    height: 100%;
    justify-content: center;
  }

  img {
    display: block;
    height: 100%;
    object-fit: cover;
    width: 100%;
  }

  .number {
    background: var(--vscode-badge-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 8px;
    bottom: 3px;
    box-sizing: border-box;
    color: var(--vscode-badge-foreground);
    font-size: 11px;
    left: 3px;
    line-height: 14px;
    min-width: 16px;
    padding: 0 4px;
    position: absolute;
  }

  .remove {
    align-items: center;
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent));
    border-radius: 50%;
    color: var(--vscode-editorWidget-foreground);
    cursor: pointer;
    display: flex;
    height: 20px;
    justify-content: center;
    padding: 0;
    position: absolute;
    right: 3px;
    top: 3px;
    width: 20px;
  }

  .remove:hover {
    background: var(--vscode-button-secondaryHoverBackground, var(--vscode-editorWidget-background));
  }

  .add {
    align-items: center;
    background: none;
    border-style: dashed;
    color: var(--vscode-descriptionForeground);
    display: flex;
    gap: 6px;
    justify-content: center;
  }

  .add:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }

  .alone .add {
    border-color: transparent;
    color: var(--vscode-foreground);
    font-size: 12px;
    height: 24px;
    justify-content: start;
    margin-inline-start: -4px;
    padding: 0 4px;
    white-space: nowrap;
    width: max-content;
  }

  .dropping .add {
    background: var(--vscode-list-dropBackground, var(--vscode-toolbar-hoverBackground));
    border-color: var(--vscode-focusBorder);
    color: var(--vscode-foreground);
  }

  /* A tooltip says the same where there is no room. */
  @media (max-width: 699px) and (max-height: 759px) {
    .drop {
      display: none;
    }
  }

  .drop {
    margin: 0;
  }

  .detail {
    align-items: center;
    display: flex;
    gap: 2px;
    margin-top: 4px;
  }

  .detail p {
    flex: 1;
    font-size: 12px;
    margin: 0;
    min-width: 0;
    overflow-wrap: anywhere;
  }
`;
