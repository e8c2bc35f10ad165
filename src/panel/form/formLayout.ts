import { css } from "lit";

/**
 * How the parts of the form are arranged. Host and form have no box, so that the button sticks to
 * the whole page.
 */
export const formLayout = css`
  :host,
  form {
    display: contents;
  }

  .fields {
    display: flex;
    flex-direction: column;
    gap: 8px;
    max-width: 696px;
    padding: 10px 12px 0;
  }

  limn-generate-button + limn-form-error {
    margin: 0 12px 8px;
    max-width: 696px;
  }

  summary {
    align-items: center;
    cursor: pointer;
    display: flex;
    gap: 2px;
    line-height: 22px;
    list-style: none;
    margin-inline: -4px;
  }

  summary:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }

  summary span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  summary vscode-icon {
    flex: none;
  }

  details[open] vscode-icon {
    transform: rotate(90deg);
  }

  .settings {
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding: 8px 0 6px;
  }
`;
