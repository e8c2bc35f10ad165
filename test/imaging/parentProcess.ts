// Forked by a test: starts an image process, and sends its id when it answers.
import { startProcess } from "../../src/imaging/startProcess.ts";

const imageProcess = startProcess(new URL("../../src/imaging/imagingProcess.ts", import.meta.url), {
  onResponse: () => process.send?.(imageProcess.pid),
  onLost: () => undefined,
  onEnd: () => undefined,
});
imageProcess.send({ id: 1, operation: { kind: "preview", bytes: new Uint8Array(), side: 1 } });
