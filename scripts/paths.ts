import { fileURLToPath } from "node:url";

/** The folder of the checkout. All paths in this file are absolute. */
export const root = fileURLToPath(new URL("../", import.meta.url)).replace(/[\\/]$/, "");
/** The sample site; tests work on copies. */
export const sampleFolder = `${root}/test/sample`;
/** Logs, reports, screenshots. Not in the repository. */
export const cache = `${root}/.cache`;

/** Whether tests write screenshots to `.cache/screenshots`. They take time, so not by default. */
export const takesScreenshots = process.env.LIMN_SCREENSHOTS === "1";

const codeServer = `${root}/test/vscode/node_modules/code-server`;
/** VS Code's server. It accepts the parameters for tests in the extension host. */
export const serverMain = `${codeServer}/lib/vscode/out/server-main.js`;
/** code-server's front end: it supports SecretStorage and installs VSIX files. */
export const codeServerEntry = `${codeServer}/out/node/entry.js`;
