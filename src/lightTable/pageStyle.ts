import { css } from "lit";
import { visuallyHidden } from "../webview/visuallyHidden.ts";

/** Styles of the page around the component. VS Code sets colours, font and padding of `body`. */
export const pageStyle = css`
  body {
    height: 100vh;
    margin: 0;
    overflow: hidden;
    padding: 0;
  }

  .announcer {
    ${visuallyHidden}
  }
`;
