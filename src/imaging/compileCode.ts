import { setFlagsFromString } from "node:v8";
import { optimizeArgument } from "./operation.ts";

/**
 * V8 compiles wasm with its baseline compiler only, except in a process for exports and drawings,
 * which take half the time then. The optimizing one needs 30 MB for the first PNG, and saves 0.05
 * to 0.15 s for each thumbnail after it (measured in Node 24). Imported before the library, which
 * compiles its code when it is loaded. A V8 without these flags ignores them.
 */
if (!process.argv.includes(optimizeArgument)) {
  for (const flag of ["--liftoff-only", "--no-wasm-tier-up", "--no-wasm-dynamic-tiering"]) {
    setFlagsFromString(flag);
  }
}
