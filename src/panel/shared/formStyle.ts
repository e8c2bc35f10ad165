import { css } from "lit";
import { visuallyHidden } from "../../webview/visuallyHidden.ts";
import { linkStyle } from "./linkStyle.ts";
import { textfieldStyle } from "./textfieldStyle.ts";

/** Styles that the parts of the form share. */
export const formStyle = css`
  ${textfieldStyle}

  :host {
    display: block;
    min-width: 0;
  }

  :host([hidden]),
  [hidden] {
    display: none;
  }

  .label {
    align-items: baseline;
    color: var(--vscode-foreground);
    display: flex;
    flex-wrap: wrap;
    font-size: 12px;
    font-weight: 600;
    gap: 2px 8px;
    justify-content: space-between;
    line-height: 18px;
    margin: 0 0 4px;
  }

  .note {
    color: var(--vscode-descriptionForeground);
    font-size: 12px;
    font-weight: 400;
    line-height: 16px;
    margin: 4px 0 0;
    overflow-wrap: anywhere;
  }

  /* An icon and not coloured text, which is hard to read on the side bar of several themes. */
  .note.error,
  .note.warning {
    color: var(--vscode-foreground);
  }

  .note.error::before,
  .note.warning::before {
    color: var(--vscode-editorError-foreground, var(--vscode-errorForeground));
    content: "\\ea87" / "";
    float: inline-start;
    font: 14px/16px codicon;
    margin-inline-end: 4px;
  }

  .note.warning::before {
    color: var(--vscode-editorWarning-foreground, currentColor);
    content: "\\ea6c" / "";
  }

  .unseen {
    ${visuallyHidden}
  }

  button {
    color: inherit;
    font: inherit;
  }

  ${linkStyle}

  button:focus-visible,
  summary:focus-visible,
  a:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }

  a {
    color: var(--vscode-textLink-foreground);
    cursor: pointer;
  }

  a:hover {
    color: var(--vscode-textLink-activeForeground);
  }

  .note:empty {
    margin: 0;
  }

  vscode-textarea,
  vscode-textfield,
  vscode-single-select {
    width: 100%;
  }
`;
