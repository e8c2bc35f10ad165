import { build } from "esbuild";
import { expect, test } from "vitest";
import { onDemand } from "../../build/onDemand.mjs";
import { vscodeApi } from "../../build/vscodeApi.mjs";

test.each(["extension", "limn"])(
  "The bundle of %s requires VS Code's API once, since each time costs file accesses",
  async (name) => {
    const { outputFiles } = await build({
      entryPoints: [`src/${name}.ts`],
      bundle: true,
      write: false,
      platform: "node",
      format: "cjs",
      target: "node22",
      supported: { "dynamic-import": false },
      alias: { "@vscode/l10n": "@vscode/l10n/dist/browser.js" },
      external: ["vscode"],
      plugins: [onDemand(), vscodeApi()],
    });
    expect(outputFiles[0]?.text.match(/\brequire\("vscode"\)/g)).toHaveLength(1);
  },
);
