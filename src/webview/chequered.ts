import { css } from "lit";

/** Declarations of a background that shows where a picture is transparent, in any theme. */
export const chequered = css`
  --square: color-mix(in srgb, var(--vscode-editor-foreground) 12%, var(--vscode-editor-background));
  background: repeating-conic-gradient(var(--square) 0 25%, var(--vscode-editor-background) 0 50%) 0 0 / 16px 16px;
`;
