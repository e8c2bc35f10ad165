// npm run package: limn-<version>.vsix in the root.
import { buildVsix } from "./buildVsix.ts";

try {
  await buildVsix();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
