/**
 * The path of the ES module build. Node finds no named exports in the package's main entry, a
 * script.
 */
declare module "opentype.js/dist/opentype.mjs" {
  export { type Font, type Glyph, type Path, parse } from "opentype.js";
}
