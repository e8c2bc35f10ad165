import { createServer } from "node:http";
import { closeServer, listenOnLoopback, originOf } from "../../support/loopback.ts";
import type { Figure } from "../figure.ts";
import { type Opening, startViewWindows, type ViewName, type ViewWindow, type ViewWindows } from "./viewWindows.ts";

/** Rounds that count; one more before them is a warm-up. */
const rounds = 7;
/** How often each view is opened again in a round; odd, for the median. */
const againPerRound = 3;

/** One opening of each view in each round. */
type Openings = Readonly<Record<ViewName, Opening[]>>;

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const medianOpening = (openings: readonly Opening[]): Opening => ({
  visible: medianOf(openings.map(({ visible }) => visible)),
  complete: medianOf(openings.map(({ complete }) => complete)),
});

async function showAndHide(window: ViewWindow, view: ViewName): Promise<Opening> {
  const opening = await window.show(view);
  await window.hide();
  return opening;
}

/**
 * Opens each view as the first one of a new window, since the first webview of a window takes
 * longer; then, in the second window, both again in turn.
 */
async function measureRound(
  windows: ViewWindows,
  order: readonly [ViewName, ViewName],
  first: Openings,
): Promise<Openings> {
  const [one, other] = order;
  first[one].push(await showAndHide(await windows.openWindow(), one));
  const window = await windows.openWindow();
  first[other].push(await showAndHide(window, other));
  await showAndHide(window, one);
  const again: Openings = { limn: [], empty: [] };
  for (let count = 0; count < againPerRound; count++) {
    for (const view of order) again[view].push(await showAndHide(window, view));
  }
  return again;
}

/** Measures how long Limn's panel takes to open, in turn with an empty webview. */
export async function measurePanelOpening(): Promise<Figure[]> {
  // Answers the question for the balance.
  const service = createServer((_, response) => response.end(JSON.stringify({ data: [{ balance: 12.5 }] })));
  await listenOnLoopback(service);
  const first: Openings = { limn: [], empty: [] };
  const again: Openings = { limn: [], empty: [] };
  try {
    const windows = await startViewWindows({
      settings: { "limn.apiUrl": originOf(service) },
      env: { RUNWARE_API_KEY: "a-key-of-the-bench" },
    });
    try {
      for (let round = 0; round <= rounds; round++) {
        const openings = await measureRound(windows, round % 2 === 0 ? ["limn", "empty"] : ["empty", "limn"], first);
        again.limn.push(medianOpening(openings.limn));
        again.empty.push(medianOpening(openings.empty));
        const last = { first: [first.limn.at(-1), first.empty.at(-1)], again: [again.limn.at(-1), again.empty.at(-1)] };
        process.stderr.write(`Round ${round} of ${rounds}: ${JSON.stringify(last)}\n`);
      }
    } finally {
      await windows.close();
    }
  } finally {
    await closeServer(service);
  }
  const compare = ({ limn, empty }: Openings, kind: keyof Opening): Omit<Figure, "name"> => ({
    unit: "ms",
    compare: "difference",
    counterpart: "an empty webview",
    own: limn.slice(1).map((one) => one[kind]),
    other: empty.slice(1).map((one) => one[kind]),
  });
  return [
    { name: "Panel, first opening: command → form visible", ...compare(first, "visible"), goal: 80 },
    { name: "Panel, first opening: command → everything visible", ...compare(first, "complete") },
    { name: "Panel, opened again: command → form visible", ...compare(again, "visible"), goal: 30 },
    { name: "Panel, opened again: command → everything visible", ...compare(again, "complete") },
  ];
}
