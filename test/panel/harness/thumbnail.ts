/** Pixels in a name such as `fox-1360x768.webp`; a square if there are none. */
function pixelsIn(name: string): [number, number] {
  const [, width = "256", height = "256"] = /(\d+)x(\d+)/.exec(name) ?? [];
  return [Number(width), Number(height)];
}

/** The sky of a landscape; a name such as `cutout-1.webp` has none and is transparent there. */
const skyIn = (name: string): string =>
  name.startsWith("cutout") ? "" : '<rect width="100%" height="100%" fill="url(#g)"/>';

/**
 * Draws a small landscape that is the same for the same name, so that pictures can be distinguished
 * on a screenshot.
 */
export function thumbnail(name: string): string {
  const [width, height] = pixelsIn(name);
  const seed = [...name].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 9973, 7);
  const hue = seed % 360;
  const rise = 0.35 + (seed % 30) / 100;
  const hill = `M0 ${height} V${height * (1 - rise)} Q${width * 0.3} ${height * (0.3 + rise / 2)} ${width * 0.6} ${height * (1.1 - rise)} T${width} ${height * 0.6} V${height} Z`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="hsl(${hue} 60% 40%)"/><stop offset="1" stop-color="hsl(${(hue + 50) % 360} 75% 75%)"/></linearGradient></defs>
${skyIn(name)}
<circle cx="${width * (0.2 + (seed % 60) / 100)}" cy="${height * 0.3}" r="${Math.min(width, height) * 0.1}" fill="hsl(${(hue + 60) % 360} 90% 88%)"/>
<path d="${hill}" fill="hsl(${(hue + 200) % 360} 35% 24%)"/></svg>`;
}
