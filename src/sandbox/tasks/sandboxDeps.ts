import { createImaging, type Imaging } from "../../imaging/imaging.ts";

/**
 * The dependencies of a sandbox that runs from sources. In the bundle, the caller passes the files
 * of `dist`.
 */
export function sandboxDepsFromSources(): { readonly imaging: Imaging; readonly fonts: URL } {
  return {
    imaging: createImaging({ processPath: new URL("../../imaging/imagingProcess.ts", import.meta.url) }),
    fonts: new URL("../../../node_modules/@fontsource/inter/files/", import.meta.url),
  };
}
