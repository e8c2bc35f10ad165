import { css } from "lit";

/**
 * The page around the components. VS Code sets the colours, the font and a padding of its own on
 * `body`.
 */
export const pageStyle = css`
  body {
    box-sizing: border-box;
    margin: 0;
    min-width: 220px;
    padding: 0;
  }

  .announcer {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
`;
