// node test/bench/pictureServer.ts <bytes of a picture> <delay in ms>: the sandbox, which deals out
// pictures of exactly that size instead of drawing them; one JSON line on stdout when it serves.
import { startSandbox } from "../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";
import { noiseJpeg } from "./noise.ts";

const [bytes = 0, delay = 0] = process.argv.slice(2).map(Number);
const jpeg = await noiseJpeg(bytes);
const { imaging, fonts } = sandboxDepsFromSources();
let dealt = 0;
const sandbox = await startSandbox({
  imaging: {
    ...imaging,
    // No two are the same: a picture under a name that is taken by its very bytes would count as
    // saved.
    async draw({ width, height }) {
      const copy = Buffer.from(jpeg);
      copy.writeUInt32BE(++dealt, jpeg.length - 6);
      return { bytes: copy, format: "JPG", width, height };
    },
  },
  fonts,
  delay,
  balance: 1e6,
});
process.stdout.write(`${JSON.stringify({ url: sandbox.url, key: sandbox.key })}\n`);
process.once("SIGTERM", () => void sandbox.close());
