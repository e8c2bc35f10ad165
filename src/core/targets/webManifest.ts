import { type ExportTarget, fixedPixels } from "./target.ts";

/** Only a file with this in its name is drawn with room for a mask. */
const maskable = "maskable";

/**
 * A web app manifest that lists the square files of a target. Source: W3C, “Web Application
 * Manifest”.
 */
export function webManifest({ files }: ExportTarget, appName: string): string {
  const icons = files.flatMap((file) => {
    const pixels = fixedPixels(file);
    // iOS does not read its icon from here.
    return pixels === undefined || file.path.startsWith("apple-")
      ? []
      : [
          {
            src: `/${file.path}`,
            sizes: `${pixels.width}x${pixels.height}`,
            type: "image/png",
            purpose: file.path.includes(maskable) ? maskable : "any",
          },
        ];
  });
  const manifest = { name: appName, short_name: appName, icons, display: "standalone" };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
