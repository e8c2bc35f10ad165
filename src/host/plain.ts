/** Characters that turn the direction of what follows them, and so can make a name read as another. Source: Unicode Standard Annex 9, 2. */
const turners = /[\u202A-\u202E\u2066-\u2069]/gu;

const controls = /\p{Cc}+/gu;

/**
 * A text with foreign words in it (file names, prompts, the service's messages), as VS Code is to show it: as text. VS Code makes links of
 * `[…](…)` in notifications and input boxes, links that run any command among them, and icons of `$(…)` in quick picks too (measured in
 * 1.139, `test/e2e/restricted.test.ts`).
 */
export const plain = (text: string): string =>
  text.replace(turners, "").replace(controls, " ").replaceAll("](", "] (").replaceAll("$(", "$ (");
