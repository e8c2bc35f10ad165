import { setFlagsFromString } from "node:v8";
import { optimizeArgument } from "./operation.ts";

/** Whether this process takes the memory for faster code: it makes exports and drawings. */
export const optimizesCode: boolean = process.argv.includes(optimizeArgument);

/**
 * V8 compiles wasm with its baseline compiler only, except in a process for exports and drawings,
 * which take half the time then. The optimizing one needs 30 MB for the first PNG, and saves 0.05
 * to 0.15 s for each thumbnail after it (measured in Node 24).
 */
const baselineOnly = ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"];

/** For `collectGarbage`, which also drops the bytecode of functions that ran only at the start. */
const collectable = ["--expose-gc", "--bytecode-old-age=1"];

// Imported before the library, which compiles its code and takes the flags for its threads when it
// is loaded. A V8 without one of these flags ignores it.
if (!optimizesCode) {
  for (const flag of [...baselineOnly, ...collectable]) setFlagsFromString(flag);
}
