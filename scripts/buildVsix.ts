import { mkdir, readFile, writeFile } from "node:fs/promises";
import JSZip from "jszip";
import { buildAll } from "../esbuild.mjs";
import { vsixPath } from "./manifest.ts";
import { packagedReadme } from "./packagedReadme.ts";
import { cache, root } from "./paths.ts";
import { runBin } from "./runBin.ts";

/**
 * The only files that may be in the VSIX. .vscodeignore selects them; this list checks the result.
 */
const allowed = [
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
  /^extension\/package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^extension\/(readme\.md|changelog\.md|LICENSE\.txt)$/i,
  /^extension\/l10n\/[\w.-]+\.json$/,
  /^extension\/media\/[\w./-]+\.(png|svg|css|md)$/,
  /^extension\/dist\/[\w-]+\.(js|cjs)$/,
  /^extension\/dist\/sharp-wasm32-[\d.]+\.node\.wasm$/,
  /^extension\/dist\/webp_enc_simd\.wasm$/,
  /^extension\/dist\/codicon(\.css|\.ttf|-LICENSE\.txt)$/,
  /^extension\/dist\/targets\.schema\.json$/,
  /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^extension\/dist\/fonts\/(inter-[\w-]+\.woff|LICENSE)$/,
];

const packagedReadmePath = `${cache}/README.md`;

/**
 * Builds and packages the extension. Returns the path of the VSIX.
 * @throws Error if vsce fails, a file is not allowed, or a package has no notice.
 */
export async function buildVsix(): Promise<string> {
  const packages = await buildAll({ minify: true });
  await mkdir(cache, { recursive: true });
  await writeFile(packagedReadmePath, packagedReadme(await readFile(`${root}/README.md`, "utf8")));
  const options = ["--no-dependencies", "--allow-missing-repository", "--out", vsixPath];
  options.push("--readme-path", packagedReadmePath.slice(root.length + 1));
  const { code, output } = await runBin("vsce", ["package", ...options], { quiet: true });
  if (code !== 0) throw new Error(`vsce could not package the extension:\n${output}`);
  const bytes = await readFile(vsixPath);
  const archive = await JSZip.loadAsync(bytes, { checkCRC32: true });
  const names = Object.values(archive.files).map(({ name, unsafeOriginalName = name }) => unsafeOriginalName);
  const unexpectedFiles = names.filter((name) => !allowed.some((pattern) => pattern.test(name)));
  if (unexpectedFiles.length > 0) {
    throw new Error(
      `These files may not be in the VSIX (scripts/buildVsix.ts has the list):\n${unexpectedFiles.join("\n")}`,
    );
  }
  const notices = (await archive.file("extension/dist/THIRD-PARTY-NOTICES.txt")?.async("string")) ?? "";
  const withoutNotice = packages.filter(
    ({ name, version, licence }) => !notices.includes(`\n${name} ${version} (${licence})\n`),
  );
  if (packages.length === 0 || withoutNotice.length > 0) {
    throw new Error(
      `The VSIX ships these packages without a notice: ${withoutNotice.map(({ name }) => name).join(", ")}.`,
    );
  }
  process.stdout.write(
    `${vsixPath.slice(root.length + 1)}: ${names.length} files, with the notices of ${packages.length} packages, ${(bytes.length / 1e6).toFixed(1)} MB.\n`,
  );
  return vsixPath;
}
