import type { Imaging } from "../../../src/imaging/imaging.ts";
import { sandboxDepsFromSources } from "../../../src/sandbox/tasks/sandboxDeps.ts";

/**
 * How many different pictures there are: as many as one job has at most in the tests that use them.
 */
const deck = 4;

/**
 * Plain coloured sheets of the asked pixels, drawn once and dealt out in turn: for tests that buy
 * hundreds of pictures.
 */
export function createSheets(): Imaging {
  const { imaging } = sandboxDepsFromSources();
  const drawn = new Map<string, ReturnType<Imaging["draw"]>>();
  let turn = 0;
  return {
    ...imaging,
    draw(ask) {
      const { width, height, format } = ask;
      const card = turn++ % deck;
      const name = `${card} ${format} ${width} ${height}`;
      const fill = `hsl(${card * 90} 60% 50%)`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${fill}"/></svg>`;
      const sheet = drawn.get(name) ?? imaging.draw({ ...ask, layers: [{ kind: "svg", svg }] });
      drawn.set(name, sheet);
      return sheet;
    },
  };
}
