import { css } from "lit";
import { visuallyHidden } from "../webview/visuallyHidden.ts";

/** Styles of the page around the components. VS Code sets colours, font and padding of `body`. */
export const pageStyle = css`
  body {
    box-sizing: border-box;
    margin: 0;
    min-width: 170px;
    padding: 0;
  }

  .announcer {
    ${visuallyHidden}
  }
`;
