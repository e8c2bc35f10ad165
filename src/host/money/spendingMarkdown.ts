import { l10n } from "vscode";
import type { Job } from "../../core/jobs/job.ts";
import { budgetStatuses } from "../../core/money/budget.ts";
import { type Spending, type SpendingGroup, spendingIn, spendingOf, totalUsd } from "../../core/money/spending.ts";
import { createStatement } from "../../core/money/statement.ts";
import { formatUsd } from "../../core/money/usd.ts";
import type { Limits } from "../../core/ports.ts";
import { shownName } from "../../core/text/shownName.ts";
import { dayAround, localDateOf, monthAround } from "../../core/timeSpan.ts";
import { escapeMarkdown } from "../ui/escapeMarkup.ts";
import { markdownTable } from "./markdown.ts";
import { budgetLeftText, spentText, unsettledTexts } from "./moneyText.ts";
import { workspaceNames } from "./workspaces.ts";

/** An amount that is always an estimate; empty for 0. */
const aboutText = (usd: number): string => (usd === 0 ? "" : l10n.t("about {0}", formatUsd(usd)));

const keptText = ({ keptCount, pictureCount }: SpendingGroup): string =>
  pictureCount === 0
    ? String(keptCount)
    : l10n.t("{0} ({1} %)", keptCount, Math.round((100 * keptCount) / pictureCount));

/** A table of groups. `nameOf` returns the first cell of a row. */
function groupTable(title: string, groups: readonly SpendingGroup[], nameOf: (key: string) => string): string {
  const header = [
    title,
    l10n.t("Pictures"),
    l10n.t("Kept"),
    l10n.t("Spent"),
    l10n.t("Reserved"),
    l10n.t("May have been billed"),
  ];
  const rows = groups.map((group) => [
    escapeMarkdown(nameOf(group.key)),
    String(group.pictureCount),
    keptText(group),
    spentText(group.spending),
    aboutText(group.spending.reserved),
    aboutText(group.spending.unknown),
  ]);
  return markdownTable(header, rows);
}

/** The first cell of a row by model: its id. A job file that cannot be read may name none. */
const modelCell = (id: string): string => (id === "" ? l10n.t("not known") : shownName(id));

/** Spending of one period: `$0.810 spent, about $0.140 reserved for running requests`. */
const periodText = (money: Spending): string =>
  [spentText(money, (sum) => l10n.t("{0} spent", sum)), ...unsettledTexts(money)].join(", ");

function totalsLines(jobs: readonly Job[], limits: Limits, now: number, all: SpendingGroup): string[] {
  const left = budgetStatuses(limits, jobs, now).map((status) => `${budgetLeftText(status)}.`);
  const kept = l10n.t("Pictures that arrived: {0}; kept as files: {1}.", all.pictureCount, keptText(all));
  return [
    l10n.t("Today: {0}.", periodText(spendingIn(jobs, dayAround(now)))),
    l10n.t("This month: {0}.", periodText(spendingIn(jobs, monthAround(now)))),
    l10n.t("Total: {0}.", periodText(all.spending)),
    kept,
    ...left,
  ].map((line) => `- ${line}`);
}

/** Job files that cannot be read. What is counted for them is an estimate. */
const unreadableText = (unreadable: SpendingGroup | undefined): string[] =>
  unreadable === undefined
    ? []
    : [
        l10n.t(
          "- Job files that cannot be read: {0}, counted as about {1}. “Limn: Show Unfinished Jobs” lists them.",
          unreadable.jobCount,
          formatUsd(totalUsd(unreadable.spending)),
        ),
      ];

function unknownTable(jobs: readonly Job[], nameOf: (workspace: string) => string): string[] {
  const header = [l10n.t("Day"), l10n.t("Workspace"), l10n.t("Requested"), l10n.t("May have been billed")];
  const rows = jobs.map((job) => [
    localDateOf(job.createdAt),
    escapeMarkdown(nameOf(job.workspace ?? "")),
    String(job.request.count),
    aboutText(spendingOf(job).unknown),
  ]);
  return jobs.length === 0
    ? []
    : [
        l10n.t("## May Have Been Billed"),
        l10n.t(
          "Runware may have charged for these, though nothing came of them. “Limn: Show Unfinished Jobs” asks for those whose outcome is unknown, for free.",
        ),
        markdownTable(header, rows),
      ];
}

/**
 * The spending report as Markdown: totals, and tables by day, month, workspace and model. Real
 * money only.
 */
export function spendingMarkdown(jobs: readonly Job[], limits: Limits, now: number): string {
  const { days, months, workspaces, models, all, unknown, unreadable } = createStatement(jobs);
  const [sum] = all;
  const title = l10n.t("# Limn: Spending");
  const sandbox = l10n.t("The sandbox is left out: it is free.");
  if (sum === undefined) {
    return `${[title, l10n.t("Nothing was bought yet."), sandbox].join("\n\n")}\n`;
  }
  const nameOf = workspaceNames(workspaces.map(({ key }) => key));
  const identity = (key: string) => key;
  return `${[
    title,
    [...totalsLines(jobs, limits, now, sum), ...unreadableText(unreadable)].join("\n"),
    ...unknownTable(unknown, nameOf),
    l10n.t("## By Day"),
    groupTable(l10n.t("Day"), days, identity),
    l10n.t("## By Month"),
    groupTable(l10n.t("Month"), months, identity),
    l10n.t("## By Workspace"),
    groupTable(l10n.t("Workspace"), workspaces, nameOf),
    l10n.t("## By Model"),
    groupTable(l10n.t("Model"), models, modelCell),
    l10n.t(
      "Amounts are what Runware said, except those with “about”. A job counts on the day it began. {0} “Limn: Export Spending as CSV…” saves every job as a row.",
      sandbox,
    ),
  ].join("\n\n")}\n`;
}
