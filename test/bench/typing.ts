import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildVsix } from "../../scripts/buildVsix.ts";
import { installVsix } from "../../scripts/vscodeServer.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import type { Figure } from "./figure.ts";
import { measureInterleaved } from "./rounds.ts";

/** Rounds that count, and keys that are pressed in each. */
const [rounds, keys] = [9, 40];

/** Lines of the document. */
const lineCount = 5000;

/** Milliseconds between two keys, like a fast typist. */
const keyDelay = 90;

const longText = Array.from({ length: lineCount }, (_, line) =>
  line % 10 === 2 ? "![A hut](../images/hut.png)" : "Some *words* with **emphasis**, as prose has them.",
).join("\n");

/** Runs in the page: notes the milliseconds from each key until its letter is painted. */
function watchKeys(): void {
  const times: number[] = [];
  Reflect.set(window, "limnKeyTimes", times);
  const onKey = ({ timeStamp }: KeyboardEvent) =>
    requestAnimationFrame(() => {
      // A message that is sent in the callback of a frame arrives when the frame has been painted.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => times.push(performance.now() - timeStamp));
      port1.start();
      port2.postMessage(undefined);
    });
  window.addEventListener("keydown", onKey, { capture: true });
}

/** Opens a window with a long document of Markdown, whose cursor is beside an image link. */
async function openDocument(extensions: string): Promise<Workbench> {
  const workbench = await openWorkbench(extensions);
  const { page, folder } = workbench;
  await writeFile(join(folder, "docs/long.md"), longText);
  await workbench.openFile("docs/long.md");
  await page.keyboard.press("ControlOrMeta+Home");
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "End"]) await page.keyboard.press(key);
  await page.evaluate(watchKeys);
  return workbench;
}

/** Opens the hover of the image link until it has Limn's, which loads Limn and its parsers. */
async function waitForLimn({ page }: Workbench): Promise<void> {
  await page.keyboard.press("ArrowUp");
  for (let tries = 0; ; tries++) {
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.press("ControlOrMeta+i");
    const isThere = await page
      .locator(".monaco-hover:visible")
      .getByText("1000 × 760")
      .waitFor({ timeout: 3000 })
      .then(
        () => true,
        () => false,
      );
    await page.keyboard.press("Escape");
    if (isThere) break;
    if (tries === 20) throw new Error("Limn shows no hover.");
  }
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
}

/** Types a word after the other, and returns the median time from a key to its letter, in ms. */
async function type({ page }: Workbench): Promise<number> {
  await page.evaluate(() => Reflect.get(window, "limnKeyTimes").splice(0));
  for (let key = 0; key < keys; key++) {
    await page.keyboard.press(key % 6 === 0 ? "Space" : "w", { delay: keyDelay });
  }
  const read = async () => page.evaluate((): number[] => [...Reflect.get(window, "limnKeyTimes")]);
  const deadline = Date.now() + 30_000;
  for (;;) {
    const times = await read();
    if (times.length >= keys) return times.toSorted((one, other) => one - other)[keys / 2] ?? Number.NaN;
    if (Date.now() > deadline) throw new Error(`Only ${times.length} of ${keys} keys were painted.`);
    await page.waitForTimeout(50);
  }
}

/** Measures keys in a long document of Markdown, with Limn and without. */
export async function measureTyping(): Promise<Figure[]> {
  const temporary = await temporaryFolder();
  const windows: Workbench[] = [];
  try {
    const [withLimn, without] = [`${temporary.path}/extensions`, `${temporary.path}/none`];
    await installVsix(await buildVsix(), `${temporary.path}/install`, withLimn);
    await mkdir(without);
    const own = await openDocument(withLimn);
    windows.push(own);
    await waitForLimn(own);
    const other = await openDocument(without);
    windows.push(other);
    const valuesOf = await measureInterleaved(rounds, ["own", () => type(own)], ["other", () => type(other)]);
    return [
      {
        name: `From a key to its letter on the screen, in ${lineCount} lines of Markdown, beside an image link`,
        unit: "ms",
        own: valuesOf("own"),
        other: valuesOf("other"),
        counterpart: "the same window without Limn",
        compare: "difference",
        goal: 2,
      },
    ];
  } finally {
    for (const { close } of windows) await close();
    await temporary.remove();
  }
}
