/** Longer configurations are read up to here. */
const maxLength = 200_000;

/** A scalar of YAML or TOML with what follows it; `undefined` for other values, and for none. */
function scalarOf(text: string): string | undefined {
  const [, double, single, plain] =
    /^(?:"([^"\\]*)"|'([^']*)'|([^\s"'#[\]{}&*!|>%@`,][^#]*))\s*(?:#.*)?$/.exec(text.trim()) ?? [];
  return double ?? single ?? (plain === undefined || /^(?:null|~)\s*$/i.test(plain) ? undefined : plain.trim());
}

/** The scalars between brackets; empty if there is something else. */
function listOf(text: string): readonly string[] {
  const items = text.slice(1, text.indexOf("]")).replaceAll(/#.*/g, "").split(",");
  const scalars = items.filter((item) => item.trim() !== "").map(scalarOf);
  return scalars.includes(undefined) ? [] : scalars.filter((item) => item !== undefined);
}

/**
 * The scalars, and the lists of scalars, of the keys at the top of a file in YAML or TOML, such as
 * `docs_dir: pages` or `staticDir = ["a", "b"]`. Values of other kinds are left out. Parsers of the
 * whole languages would be several times as large as all that is known of sites.
 */
export function topLevelValues(text: string): Readonly<Record<string, unknown>> {
  const lines = text.slice(0, maxLength).split("\n");
  const values = new Map<string, unknown>();
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]?.trimEnd() ?? "";
    // A table of TOML: the keys after it are its own.
    if (line.startsWith("[")) break;
    const [, , key = "", value = ""] = /^(["']?)([\w-]+)\1[ \t]*(?:=|:(?=[ \t]|$))(.*)$/.exec(line) ?? [];
    const list: string[] = [];
    const start = value.trim();
    if (start.startsWith("[")) {
      list.push(start);
      while (lines[at]?.includes("]") === false) list.push(lines[++at] ?? "]");
      values.set(key, listOf(list.join("\n")));
      continue;
    }
    const isBlock = start === "" || start.startsWith("#");
    while (isBlock && /^\s*-\s/.test(lines[at + 1] ?? ""))
      list.push(scalarOf(lines[++at]?.replace(/^\s*-/, "") ?? "") ?? "");
    if (key !== "") values.set(key, isBlock ? list : scalarOf(value));
  }
  return Object.fromEntries(values);
}
