import { l10n } from "vscode";
import { allowances } from "../../core/budget.ts";
import type { Job } from "../../core/job.ts";
import {
  dateOf,
  dayAround,
  type Group,
  type Money,
  moneyIn,
  moneyOf,
  monthAround,
  totalOf,
} from "../../core/ledger.ts";
import type { Limits } from "../../core/ports.ts";
import { formatUsd } from "../../core/price.ts";
import { statement } from "../../core/statement.ts";
import { plainText, table } from "./markdown.ts";
import { leftText, openTexts, spentText } from "./words.ts";
import { workspaceNames } from "./workspaces.ts";

/** An amount that is an estimate by nature; nothing where it is none. */
const about = (usd: number): string => (usd === 0 ? "" : l10n.t("about {0}", formatUsd(usd)));

const keptText = ({ kept, pictures }: Group): string =>
  pictures === 0 ? String(kept) : l10n.t("{0} ({1} %)", kept, Math.round((100 * kept) / pictures));

/** A table of groups; `nameOf` gives each one's first cell. */
function groupTable(title: string, groups: readonly Group[], nameOf: (key: string) => string): string {
  const header = [
    title,
    ...[l10n.t("Pictures"), l10n.t("Kept"), l10n.t("Spent"), l10n.t("Under way"), l10n.t("May have been billed")],
  ];
  const rows = groups.map((group) => [
    plainText(nameOf(group.key)),
    ...[String(group.pictures), keptText(group), spentText(group.money)],
    ...[about(group.money.reserved), about(group.money.unknown)],
  ]);
  return table(header, rows);
}

/** One line on a stretch of time: `$0.810 spent, about $0.140 reserved for running requests`. */
const spanText = (money: Money): string =>
  [spentText(money, (sum) => l10n.t("{0} spent", sum)), ...openTexts(money)].join(", ");

function summary(jobs: readonly Job[], limits: Limits, now: number, all: Group): string[] {
  const left = allowances(limits, jobs, now).map((allowance) => `${leftText(allowance)}.`);
  const kept = l10n.t("Pictures that came: {0}; kept as files: {1}.", all.pictures, keptText(all));
  return [
    l10n.t("Today: {0}.", spanText(moneyIn(jobs, dayAround(now)))),
    l10n.t("This month: {0}.", spanText(moneyIn(jobs, monthAround(now)))),
    l10n.t("In all: {0}.", spanText(all.money)),
    kept,
    ...left,
  ].map((line) => `- ${line}`);
}

/** Job files that cannot be read: what counts for them is not known to be right. */
const unreadableText = (unreadable: Group | undefined): string[] =>
  unreadable === undefined
    ? []
    : [
        l10n.t(
          "- Job files that cannot be read: {0}, counted with about {1}. “Limn: Show Unfinished Jobs” lists them.",
          unreadable.jobs,
          formatUsd(totalOf(unreadable.money)),
        ),
      ];

function unknownTable(jobs: readonly Job[], nameOf: (workspace: string) => string): string[] {
  const header = [l10n.t("Day"), l10n.t("Workspace"), l10n.t("Asked for"), l10n.t("May have been billed")];
  const rows = jobs.map((job) => [
    ...[dateOf(job.createdAt), plainText(nameOf(job.workspace ?? "")), String(job.request.count)],
    about(moneyOf(job).unknown),
  ]);
  return jobs.length === 0
    ? []
    : [
        l10n.t("## May Have Been Billed"),
        l10n.t(
          "Runware may have charged for these, though nothing came of them. “Limn: Show Unfinished Jobs” asks for those whose outcome is unknown, for free.",
        ),
        table(header, rows),
      ];
}

/** The spending report as Markdown: sums, and tables by day, month, workspace and model. Real money only. */
export function spendingReport(jobs: readonly Job[], limits: Limits, now: number): string {
  const { days, months, workspaces, models, all, unknown, unreadable } = statement(jobs);
  const [sum] = all;
  const title = l10n.t("# Limn: Spending");
  const sandbox = l10n.t("The sandbox is left out: it is free.");
  if (sum === undefined) {
    return `${[title, l10n.t("Nothing was bought yet."), sandbox].join("\n\n")}\n`;
  }
  const nameOf = workspaceNames(workspaces.map(({ key }) => key));
  const same = (key: string) => key;
  return `${[
    title,
    [...summary(jobs, limits, now, sum), ...unreadableText(unreadable)].join("\n"),
    ...unknownTable(unknown, nameOf),
    l10n.t("## By Day"),
    groupTable(l10n.t("Day"), days, same),
    l10n.t("## By Month"),
    groupTable(l10n.t("Month"), months, same),
    l10n.t("## By Workspace"),
    groupTable(l10n.t("Workspace"), workspaces, nameOf),
    l10n.t("## By Model"),
    groupTable(l10n.t("Model"), models, same),
    l10n.t(
      "Amounts are what Runware said, except those with “about”. A job counts on the day it began. {0} “Limn: Export Spending as CSV…” saves every job as a row.",
      sandbox,
    ),
  ].join("\n\n")}\n`;
}
