import { type Figure, judge, type Spread } from "./figure.ts";

const formatNumber = (value: number): string => {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
};

const formatSpread = ({ median, min, max }: Spread): string =>
  `${formatNumber(median)} (${formatNumber(min)} to ${formatNumber(max)})`;

const formatComparison = {
  ratio: (spread, goal) => [`${formatSpread(spread)} ×`, goal === undefined ? "" : `≤ ${goal} ×`],
  difference: (spread, goal, unit) => [
    `+ ${formatSpread(spread)} ${unit}`,
    goal === undefined ? "" : `≤ + ${goal} ${unit}`,
  ],
  own: (_, goal, unit) => ["", goal === undefined ? "" : `≤ ${goal} ${unit}`],
} as const satisfies Readonly<
  Record<
    Figure["compare"],
    (spread: Spread, goal: number | undefined, unit: Figure["unit"]) => readonly [string, string]
  >
>;

/** Returns the figures as a Markdown table: medians, with minimum and maximum in brackets. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const verdict = judge(figure);
    const [outcome, goal] = formatComparison[figure.compare](verdict.compared, figure.goal, figure.unit);
    const met = verdict.met === undefined ? "" : verdict.met ? "yes" : "**no**";
    const own = `${formatSpread(verdict.own)} ${figure.unit}`;
    const other = `${formatSpread(verdict.other)} ${figure.unit}, ${figure.counterpart}`;
    return `| ${[figure.name, own, other, outcome, goal, met].join(" | ")} |`;
  });
  return [
    "| figure | Limn | counterpart | compared | goal | met |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}
