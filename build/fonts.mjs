import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";

/** The package the fonts come from. */
export const fontPackage = "node_modules/@fontsource/inter";
const subsets = ["latin", "latin-ext", "cyrillic", "greek"];
const weights = [400, 600];

/**
 * Copies the fonts of the sandbox's labels (Inter, OFL) and their licence. Returns the paths of the
 * copies.
 */
export async function copyFonts(to) {
  await mkdir(to, { recursive: true });
  const fonts = subsets.flatMap((script) => weights.map((weight) => `files/inter-${script}-${weight}-normal.woff`));
  return await Promise.all(
    [...fonts, "LICENSE"].map(async (name) => {
      const copy = join(to, basename(name));
      await copyFile(`${fontPackage}/${name}`, copy);
      return copy;
    }),
  );
}
