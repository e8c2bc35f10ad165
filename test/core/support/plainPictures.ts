import type { Imaging } from "../../../src/imaging/imaging.ts";
import { sandboxDeps } from "../../support/sandboxDeps.ts";

/** How many different pictures there are: the most that one job has in these tests. */
const pictureCount = 4;

/** Draws each plain picture once and returns them in turn, for tests that buy hundreds. */
export const plainPictures: Imaging = createPlainPictures();

function createPlainPictures(): Imaging {
  const { imaging } = sandboxDeps;
  const drawn = new Map<string, ReturnType<Imaging["draw"]>>();
  let drawCount = 0;
  return {
    ...imaging,
    draw(options) {
      const { width, height, format } = options;
      const index = drawCount++ % pictureCount;
      const key = `${index} ${format} ${width} ${height}`;
      const fill = `hsl(${index * 90} 60% 50%)`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${fill}"/></svg>`;
      const picture = drawn.get(key) ?? imaging.draw({ ...options, layers: [{ kind: "svg", svg }] });
      drawn.set(key, picture);
      return picture;
    },
  };
}
