// npm run fix: formats the code, sorts imports, and writes l10n/bundle.l10n.json.
import { writeBundle } from "./l10n.ts";
import { runBin } from "./runBin.ts";

await writeBundle();
const { code } = await runBin("biome", ["check", "--write", "."]);
process.exitCode = code;
