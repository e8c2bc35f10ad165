import { createImaging, type Imaging } from "../../imaging/imaging.ts";

/**
 * What a sandbox run from sources is made with; inside the bundle its caller hands in the files of
 * `dist`.
 */
export function sandboxDepsFromSources(): { readonly imaging: Imaging; readonly fonts: URL } {
  return {
    imaging: createImaging({ workerPath: new URL("../../imaging/worker.ts", import.meta.url) }),
    fonts: new URL("../../../node_modules/@fontsource/inter/files/", import.meta.url),
  };
}
