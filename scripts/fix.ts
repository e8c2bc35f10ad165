// npm run fix: formats the code, sorts imports, and writes l10n/bundle.l10n.json and the list of
// models in the manifest.
import { biomeColors } from "./biomeColors.ts";
import { writeBundle } from "./l10n.ts";
import { writeModelSetting } from "./modelSetting.ts";
import { runBin } from "./runBin.ts";

await writeModelSetting();
await writeBundle();
const { code } = await runBin("biome", ["check", "--write", biomeColors, "."]);
process.exitCode = code;
