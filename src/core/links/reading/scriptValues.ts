import type { Tree } from "@lezer/common";
import { parser } from "@lezer/javascript";
import { ScriptReader } from "./scriptReader.ts";
import { parseInTime, TimeLimit } from "./timeLimit.ts";

/** What code says literally, without being executed. What is computed is `undefined`. */
export interface Script {
  /** The exported value: a string, an array, an object, or `undefined`. */
  readonly value: unknown;
  /** The value of an export by its name: `export const config = {}`. */
  readonly named: (name: string) => unknown;
  /** The arguments of each call of a function or method of this name. */
  readonly calls: (name: string) => readonly (readonly unknown[])[];
  /** Whether a name occurs in the arguments of calls of a function or method. */
  readonly passes: (name: string, callee: string) => boolean;
}

/** Code beyond these limits is not read: some costs the parser quadratic time and a deep stack. */
const limits = { length: 100_000, line: 10_000, nesting: 100, milliseconds: 1000 } as const;

/** Whether brackets are nested deeper than the parser bears. Those in strings count too. */
function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (const bracket of text.match(/[([{<)\]}>]/g) ?? []) {
    depth = "([{<".includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > limits.nesting) return true;
  }
  return false;
}

const typescript = parser.configure({ dialect: "ts" });

function parse(text: string): Tree | undefined {
  const isTooLong = text.length > limits.length || text.split("\n").some((line) => line.length > limits.line);
  if (isTooLong || isNestedTooDeep(text)) return undefined;
  const time = new TimeLimit(limits.milliseconds);
  const tree = parseInTime(time, typescript, text);
  return time.isOver() ? undefined : tree;
}

/** Configurations that are remembered. */
const maxRemembered = 20;

/** Remembers the results for the last texts: some take all the time that a parser may take. */
function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, { readonly value: Value }>();
  return (text) => {
    const known = values.get(text) ?? { value: read(text) };
    values.delete(text);
    values.set(text, known);
    for (const [oldest] of values) {
      if (values.size > maxRemembered) values.delete(oldest);
    }
    return known.value;
  };
}

/**
 * Reads JavaScript or TypeScript. Broken code is no error: what can be read in it is read. Code
 * that is too long, or nested too deep, says nothing.
 */
export const readScript = remembered((text): Script => {
  const tree = parse(text);
  if (tree === undefined) return { value: undefined, named: () => undefined, calls: () => [], passes: () => false };
  const reader = new ScriptReader(text, tree);
  return {
    value: reader.configuration(reader.exported()),
    named: (name) => reader.value(reader.constant(name)),
    calls: (name) => reader.calls(name).map((list) => list.map((node) => reader.value(node))),
    passes: (name, callee) => reader.calls(callee).some((list) => list.some((node) => reader.mentions(node, name))),
  };
});

/** Reads JSON, also with comments and commas at the end; `undefined` if it cannot be read. */
export const readJson = remembered((text): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    const code = `(${text}\n)`;
    const tree = parse(code);
    return tree && new ScriptReader(code, tree).value(tree.topNode.firstChild?.firstChild ?? undefined);
  }
});
