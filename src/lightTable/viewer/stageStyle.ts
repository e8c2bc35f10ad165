import { css } from "lit";
import { chequered } from "../../webview/chequered.ts";

/** Styles of the two pictures. Places and sizes come from `placePictures.ts`. */
export const stageStyle = css`
  :host {
    container-type: inline-size;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }

  .stage {
    background: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    display: grid;
    gap: 1px;
    grid-auto-columns: minmax(0, 1fr);
    grid-auto-flow: column;
    grid-template-rows: minmax(0, 1fr);
    min-height: 0;
    outline: none;
    position: relative;
  }

  .stage:focus-visible::after {
    border: 1px solid var(--vscode-focusBorder);
    content: "";
    inset: 0;
    pointer-events: none;
    position: absolute;
  }

  .column {
    background: var(--vscode-editor-background);
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }

  .captions {
    display: flex;
    gap: 24px;
    justify-content: space-between;
    line-height: 22px;
    padding: 4px 12px;
  }

  .caption {
    display: flex;
    flex: 1 1 0;
    gap: 0 8px;
    min-width: 0;
    white-space: nowrap;
  }

  .slider .caption:last-child {
    justify-content: flex-end;
  }

  .name {
    display: flex;
    min-width: 0;
  }

  .name bdi {
    flex: 0 1 auto;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  /* The folder shrinks first, because files usually differ in their names. */
  .name .folder {
    flex-shrink: 1000;
  }

  .size {
    color: var(--vscode-descriptionForeground);
    flex: none;
    font-variant-numeric: tabular-nums;
  }

  .pane {
    overflow: hidden;
    position: relative;
    touch-action: none;
    user-select: none;
  }

  .slider .pane {
    cursor: ew-resize;
  }

  .pane.cut,
  .slider .pane.cut {
    cursor: grab;
  }

  .pane.cut:active {
    cursor: grabbing;
  }

  .sheet,
  .layer,
  img {
    position: absolute;
  }

  .layer {
    inset: 0;
  }

  img {
    ${chequered}
    display: block;
  }

  img.squares {
    image-rendering: pixelated;
  }

  .divider {
    cursor: ew-resize;
    margin-left: -16px;
    outline: none;
    position: absolute;
    width: 32px;
  }

  /* Two colours, so that the line is visible on every picture. */
  .divider::before {
    background: var(--vscode-editor-foreground);
    border: solid var(--vscode-editor-background);
    border-width: 0 1px;
    content: "";
    height: 100%;
    left: 50%;
    position: absolute;
    translate: -50%;
    width: 2px;
  }

  .handle {
    align-items: center;
    background: var(--vscode-editor-background);
    border: 1px solid var(--vscode-editor-foreground);
    border-radius: 50%;
    color: var(--vscode-editor-foreground);
    display: flex;
    height: 30px;
    justify-content: center;
    left: 0;
    position: absolute;
    top: 50%;
    translate: 0 -50%;
    width: 30px;
  }

  .divider:hover .handle {
    background: color-mix(in srgb, var(--vscode-editor-foreground) 16%, var(--vscode-editor-background));
  }

  .divider:focus-visible .handle {
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 2px;
  }

  .problem {
    align-items: baseline;
    display: flex;
    gap: 8px;
    height: fit-content;
    inset: 0;
    justify-content: center;
    margin: auto;
    max-width: 42ch;
    padding: 24px;
    position: absolute;
  }

  .problem vscode-icon {
    color: var(--vscode-editorWarning-foreground);
    flex: none;
    translate: 0 3px;
  }

  #hint {
    display: none;
  }

  @container (max-width: 480px) {
    .slider .caption {
      flex-wrap: wrap;
    }

    .stage.side {
      grid-auto-flow: row;
      grid-auto-rows: minmax(0, 1fr);
      grid-template-rows: none;
    }
  }
`;
