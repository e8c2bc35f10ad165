// node test/bench/pictureServer.ts <bytes of a picture> <delay in ms>
//
// A sandbox that serves pictures of exactly this size instead of drawing them. Writes one line of
// JSON when it is ready.
import { startSandboxServer } from "../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../src/sandbox/tasks/sandboxDeps.ts";
import { noiseJpeg } from "./noise.ts";

const [bytes = 0, delay = 0] = process.argv.slice(2).map(Number);
const jpeg = await noiseJpeg(bytes);
const { imaging, fonts } = sandboxDepsFromSources();
let servedCount = 0;
const sandbox = await startSandboxServer({
  imaging: {
    ...imaging,
    // Each is different, since Limn counts a picture as saved if a file has the same bytes.
    async draw({ width, height }) {
      const copy = Buffer.from(jpeg);
      copy.writeUInt32BE(++servedCount, jpeg.length - 6);
      return { bytes: copy, format: "JPG", width, height };
    },
  },
  fonts,
  delay,
  balance: 1e6,
});
process.stdout.write(`${JSON.stringify({ url: sandbox.url, key: sandbox.key })}\n`);
process.once("SIGTERM", () => void sandbox.close());
