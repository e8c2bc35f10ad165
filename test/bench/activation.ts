import { buildVsix } from "../../scripts/buildVsix.ts";
import { installVsix } from "../../scripts/vscodeServer.ts";
import { openWorkbench } from "../support/e2e/workbench.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import type { Figure } from "./figure.ts";

/** Limn's name in VS Code's lists: `extension.displayName`. */
const limnName = "Limn: Image Assets";

/**
 * An extension of VS Code that starts at the same event as Limn, `onStartupFinished`: what else
 * starts then slows down both.
 */
const otherName = "Merge Conflict";

/** Number of windows. */
const rounds = 7;

/** High enough for VS Code to draw all rows of its list. */
const viewport = { width: 1280, height: 4000 };

/** A running extension, and the milliseconds that its activation took, as VS Code shows them. */
interface RunningExtension {
  readonly name: string;
  readonly ms: number;
}

/** Reads what “Developer: Show Running Extensions” shows in a new window. */
async function readRunningExtensions(extensions: string): Promise<readonly RunningExtension[]> {
  const workbench = await openWorkbench(extensions);
  try {
    const { page } = workbench;
    await page.setViewportSize(viewport);
    await workbench.command("Developer: Show Running Extensions");
    const rows = page.locator(".runtime-extensions-editor .monaco-list-row .extension");
    await rows.filter({ has: page.locator(`.name:text-is("${limnName}")`) }).waitFor();
    const texts = await rows.evaluateAll((elements) =>
      elements.map((element) => ({
        name: element.querySelector(".name")?.textContent ?? "",
        activation: element.querySelector(".activation-time")?.textContent ?? "",
      })),
    );
    return texts.flatMap(({ name, activation }) => {
      const [, ms] = /(\d+)\s?ms/.exec(activation) ?? [];
      return ms === undefined ? [] : [{ name, ms: Number(ms) }];
    });
  } finally {
    await workbench.close();
  }
}

/** Measures the activation as VS Code itself shows it, against an extension of VS Code. */
export async function measureActivation(): Promise<Figure[]> {
  const temporary = await temporaryFolder();
  try {
    await installVsix(await buildVsix(), `${temporary.path}/install`, `${temporary.path}/extensions`);
    const own: number[] = [];
    const other: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const running = await readRunningExtensions(`${temporary.path}/extensions`);
      process.stderr.write(`${JSON.stringify(running)}\n`);
      const durationsOf = (wanted: string) => running.filter(({ name }) => name === wanted).map(({ ms }) => ms);
      own.push(...durationsOf(limnName));
      other.push(...durationsOf(otherName));
    }
    return [
      {
        name: "Activation, as VS Code shows it under “Show Running Extensions”",
        unit: "ms",
        own,
        other,
        counterpart: `${otherName}, which VS Code brings, in the same window`,
        compare: "difference",
        goal: 0,
      },
    ];
  } finally {
    await temporary.remove();
  }
}
