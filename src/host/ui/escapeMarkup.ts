import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";

const controlCharacters = /\p{Cc}+/gu;

/**
 * Escapes a text that holds file names, prompts or messages of the service, so that VS Code shows
 * it as plain text. VS Code turns `[…](…)` in notifications and input boxes into links, which may
 * run any command, and `$(…)` into icons, in quick picks too (measured in 1.139,
 * `test/e2e/restricted.test.ts`).
 */
export const escapeMarkup = (text: string): string =>
  escapeBidiControls(text).replace(controlCharacters, " ").replaceAll("](", "] (").replaceAll("$(", "$ (");

/**
 * Escapes a text for Markdown, so that a folder name cannot become a link, a tag, an image or a
 * second cell, and cannot disguise the text after it.
 */
export const escapeMarkdown = (text: string): string =>
  escapeBidiControls(text.replace(/\s+/g, " ")).replace(/[!-/:-@[-`{-~]/g, (character) => `\\${character}`);
