/** What `dist/spendingReport.js` has: the text of the spending report, and its export. */
export { exportSpending } from "./exportSpending.ts";
export { spendingMarkdown } from "./spendingMarkdown.ts";
