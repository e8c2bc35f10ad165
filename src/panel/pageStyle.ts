import { css } from "lit";
import { visuallyHidden } from "../webview/visuallyHidden.ts";

/**
 * Styles of the page around the components. VS Code sets colours, font and padding of `body`.
 * What is scrolled into view is not hidden behind the button that sticks to the top.
 */
export const pageStyle = css`
  @media (max-width: 699px) {
    html {
      scroll-padding-top: var(--generate, 0px);
    }
  }

  body {
    box-sizing: border-box;
    margin: 0;
    min-width: 170px;
    padding: 0;
  }

  /* What Chromium draws itself, such as the button that clears the search. */
  .vscode-dark,
  .vscode-high-contrast:not(.vscode-high-contrast-light) {
    color-scheme: dark;
  }

  /* What sticks has the colour that VS Code gives the page there. */
  body[data-place="tab"] {
    --vscode-sideBar-background: var(--vscode-editor-background);
  }

  .announcer {
    ${visuallyHidden}
  }
`;
