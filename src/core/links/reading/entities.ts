const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

function numeric(digits: string, radix: number, entity: string): string {
  const code = Number.parseInt(digits, radix);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}

/**
 * Replaces numeric entities, and the named ones of XML; others are rare in alt texts and paths, and
 * stay as they are.
 */
export const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (entity: string, hex?: string, decimal?: string, name = "") => {
      if (hex !== undefined) return numeric(hex, 16, entity);
      return decimal === undefined ? (named[name.toLowerCase()] ?? entity) : numeric(decimal, 10, entity);
    },
  );
