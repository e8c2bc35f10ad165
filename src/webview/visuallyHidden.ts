import { css } from "lit";

/** Declarations that hide an element from the eye and leave it to screen readers. */
export const visuallyHidden = css`
  clip-path: inset(50%);
  height: 1px;
  margin: 0;
  overflow: hidden;
  position: absolute;
  white-space: nowrap;
  width: 1px;
`;
