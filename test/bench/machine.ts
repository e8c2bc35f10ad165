import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { dirname } from "node:path";
import * as z from "zod/mini";
import { cache, serverMain } from "../../scripts/paths.ts";

const productSchema = z.object({ version: z.string() });

/** The machine on which figures were measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  readonly fileSystem: string;
  readonly node: string;
  readonly vscode: string;
  /** Load average of the last minute; above the number of cores, other programs were busy too. */
  readonly load: number;
}

const lastLineOf = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { encoding: "utf8" }).trim().split("\n").at(-1) ?? "";

/** Returns the version of the VS Code that runs the host figures, or `none`. */
function versionOfVscode(): string {
  const product = `${dirname(dirname(serverMain))}/product.json`;
  return existsSync(product) ? productSchema.parse(JSON.parse(readFileSync(product, "utf8"))).version : "none";
}

/** Reads the properties of this machine. */
export function readMachine(): Machine {
  const [processor] = cpus();
  return {
    processor: processor?.model.trim() ?? "unknown",
    cores: cpus().length,
    memory: Math.round(totalmem() / 1e9),
    fileSystem: lastLineOf("stat", "--file-system", "--format=%T", cache),
    node: process.version,
    vscode: versionOfVscode(),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}
