/**
 * The option of Biome for colours. Biome 2.6 colours the output to a pipe too, and ignores
 * NO_COLOR. `npm test` reads the output through a pipe, and sets FORCE_COLOR in a terminal.
 */
export const biomeColors: string = `--colors=${process.stdout.isTTY || process.env.FORCE_COLOR === "1" ? "force" : "off"}`;
