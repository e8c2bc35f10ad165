import { css } from "lit";

/**
 * Draws the background of a text field behind the component. The component draws it in its own
 * square corners, which cover its rounded border.
 */
export const textfieldStyle = css`
  :host {
    --field: var(--vscode-settings-textInputBackground);
  }

  vscode-textfield {
    --vscode-settings-textInputBackground: transparent;
    background: var(--field);
    border-radius: 4px;
  }
`;
