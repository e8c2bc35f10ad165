import { fileURLToPath } from "node:url";

/** Everything the tests use, as absolute paths. */
export const root = fileURLToPath(new URL("../", import.meta.url)).replace(/[\\/]$/, "");
/** The small site that workspaces of tests are copies of. */
export const sampleFolder = `${root}/test/sample`;
/** What the runners write: logs, reports, screenshots. Not in the repository. */
export const cache = `${root}/.cache`;

/**
 * Whether tests leave pictures of what they saw in `.cache/screenshots`: only where somebody means
 * to look, since each takes its time.
 */
export const takesScreenshots = process.env.LIMN_SCREENSHOTS === "1";

const codeServer = `${root}/test/vscode/node_modules/code-server`;
/** VS Code's own server: takes the development payload that extension-host tests need. */
export const serverMain = `${codeServer}/lib/vscode/out/server-main.js`;
/**
 * code-server's front of it: answers the key requests of SecretStorage, and installs VSIX files.
 */
export const codeServerEntry = `${codeServer}/out/node/entry.js`;
