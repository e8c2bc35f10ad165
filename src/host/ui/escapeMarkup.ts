import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";

const controlCharacters = /\p{Cc}+/gu;

/**
 * A text with foreign words in it (file names, prompts, the service's messages), as VS Code is to
 * show it: as text. VS Code makes links of `[…](…)` in notifications and input boxes, links that
 * run any command among them, and icons of `$(…)` in quick picks too (measured in 1.139,
 * `test/e2e/restricted.test.ts`).
 */
export const escapeMarkup = (text: string): string =>
  escapeBidiControls(text).replace(controlCharacters, " ").replaceAll("](", "] (").replaceAll("$(", "$ (");
