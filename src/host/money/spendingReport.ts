/** What `dist/spendingReport.js` has: the texts of the spending report and of its export. */
export { statementCsv } from "../../core/money/statement.ts";
export { spendingMarkdown } from "./spendingMarkdown.ts";
