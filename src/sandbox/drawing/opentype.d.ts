/**
 * The ES module build by its own path: the package's entry is a script whose names Node cannot see.
 */
declare module "opentype.js/dist/opentype.mjs" {
  export { type Font, type Glyph, parse } from "opentype.js";
}
