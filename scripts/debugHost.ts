// node scripts/debugHost.ts <VS Code's executable>: F5 (.vscode/launch.json) calls this.
//
// Opens the sample site in a VS Code that runs the extension from dist/ with the sandbox. It has
// its own settings, since `limn.engine` has application scope: a workspace cannot set it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { cache, root } from "./paths.ts";
import { copySample } from "./sampleSite.ts";
import { desktopEnvironment } from "./vscodeEnvironment.ts";
import { interactiveSettings, quietSettings } from "./vscodeSettings.ts";

/** The port in .vscode/launch.json. */
const inspectorPort = 9337;
const folder = `${cache}/debug`;
const workspace = `${folder}/ostrel-hut`;
const settingsFile = `${folder}/user/User/settings.json`;

const [executable] = process.argv.slice(2);
if (executable === undefined) throw new Error("Usage: node scripts/debugHost.ts <VS Code's executable>");

if (!existsSync(workspace)) await copySample(workspace);
await mkdir(`${folder}/user/User`, { recursive: true });
if (!existsSync(settingsFile)) {
  const settings = { ...quietSettings, ...interactiveSettings, "limn.engine": "sandbox" };
  await writeFile(settingsFile, JSON.stringify(settings, undefined, 2));
}
const child = spawn(
  executable,
  [
    ...[`--extensionDevelopmentPath=${root}`, `--inspect-extensions=${inspectorPort}`],
    ...[`--user-data-dir=${folder}/user`, `--extensions-dir=${folder}/extensions`],
    ...["--disable-workspace-trust", "--skip-welcome", "--new-window", workspace],
  ],
  { detached: true, stdio: "ignore", env: desktopEnvironment(folder) },
);
child.on("error", (error) => {
  process.stderr.write(`${executable} did not start: ${error.message}\n`);
  process.exitCode = 1;
});
child.on("spawn", () => child.unref());
