import type { SyntaxNode, Tree } from "@lezer/common";

/** Values are read so deep. */
const maxDepth = 20;

const childrenOf = (node: SyntaxNode): SyntaxNode[] => {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!/Comment$/.test(child.name)) children.push(child);
  }
  return children;
};

/** Whether it is a path from the root of the file system, or an address. */
const isAbsolute = (value: unknown): boolean => typeof value === "string" && /^(?:[/\\]|[a-z][\w+.-]*:)/i.test(value);

/** The folder of the file, which is that of the project; tools are started there. */
const ownFolder = /^(?:__dirname|import\.meta\.dirname)$/;

/** The file itself. */
const ownFile = /^(?:__filename|import\.meta\.filename|(?:url\.)?fileURLToPath\(\s*import\.meta\.url\s*\))$/;

const isFunction = ({ name }: { readonly name: string }): boolean =>
  /^(?:ArrowFunction|FunctionExpression|FunctionDeclaration|MethodDeclaration)$/.test(name);

/** Reads values in the code of one file. */
export class ScriptReader {
  readonly #text: string;
  readonly #tree: Tree;
  readonly #definitions = new Map<string, SyntaxNode | undefined>();

  constructor(text: string, tree: Tree) {
    this.#text = text;
    this.#tree = tree;
    for (const node of this.nodes("VariableDefinition")) {
      const name = this.#textOf(node);
      // A name with two definitions may mean either.
      this.#definitions.set(name, this.#definitions.has(name) ? undefined : node);
    }
  }

  nodes(name: string): readonly SyntaxNode[] {
    const nodes: SyntaxNode[] = [];
    this.#tree.iterate({ enter: (ref) => void (ref.name === name && nodes.push(ref.node)) });
    return nodes;
  }

  /** The function of this name, or what is assigned to the constant; there must be one only. */
  constant(name: string): SyntaxNode | undefined {
    const definition = this.#definitions.get(name);
    const declaration = definition?.parent;
    if (declaration?.name === "FunctionDeclaration") return declaration;
    if (definition === undefined || declaration?.name !== "VariableDeclaration") return undefined;
    const children = childrenOf(declaration);
    const at = children.findIndex(({ from }) => from === definition.from);
    const equals = children.slice(at + 1).findIndex((child) => /^(?:Equals|,)$/.test(child.name)) + at + 1;
    return children[0]?.name === "const" && children[equals]?.name === "Equals" ? children[equals + 1] : undefined;
  }

  exported(): SyntaxNode | undefined {
    const exported = childrenOf(this.#tree.topNode).map((node) => this.#exportedBy(node));
    return exported.findLast((node) => node !== undefined);
  }

  #exportedBy(statement: SyntaxNode): SyntaxNode | undefined {
    const children = childrenOf(statement);
    if (statement.name === "ExportDeclaration") {
      return /^(?:default|Equals)$/.test(children[1]?.name ?? "") ? children[2] : undefined;
    }
    const assignment = statement.name === "ExpressionStatement" ? statement.firstChild : null;
    const [target, equals, value] = assignment?.name === "AssignmentExpression" ? childrenOf(assignment) : [];
    const isExport = target !== undefined && /^(?:module\.exports|exports\.default)$/.test(this.#textOf(target));
    return isExport && equals?.name === "Equals" ? value : undefined;
  }

  /** The value of an expression; `undefined` if it is computed. */
  value(expression: SyntaxNode | undefined, depth = 0): unknown {
    if (expression !== undefined && ownFolder.test(this.#textOf(expression))) return ".";
    const node = depth > maxDepth ? undefined : this.#unwrapped(expression);
    if (node?.name === "String") return this.#string(node);
    if (node?.name === "TemplateString") return this.#template(node, depth);
    if (node?.name === "BinaryExpression") return this.#sum(node, depth);
    if (node?.name === "MemberExpression") return this.#pathname(node, depth);
    if (node?.name === "ObjectExpression") return this.#object(node, depth);
    if (node?.name === "CallExpression" || node?.name === "NewExpression") return this.#path(node, depth);
    if (node?.name !== "ArrayExpression") return undefined;
    const items = childrenOf(node).filter(({ name }) => !/^[[\],]$/.test(name));
    return items.map((item) => this.value(item, depth + 1));
  }

  /**
   * The value of what a configuration exports: also what a function returns, and the first object
   * that is an argument of a call such as `defineConfig()`.
   */
  configuration(expression: SyntaxNode | undefined, depth = 0): unknown {
    const node = depth > maxDepth ? undefined : this.#unwrapped(expression);
    if (node === undefined) return undefined;
    if (isFunction(node)) return this.configuration(this.#returned(node), depth + 1);
    if (node.name !== "CallExpression") return this.value(node, depth);
    const values = this.#argumentsOf(node).map((each) => this.configuration(each, depth + 1));
    return values.find((value) => typeof value === "object" && !Array.isArray(value));
  }

  /** The expression in brackets or casts, or that of a constant. */
  #unwrapped(expression: SyntaxNode | undefined): SyntaxNode | undefined {
    let node = expression;
    for (let depth = 0; depth < maxDepth && node !== undefined; depth++) {
      const inner = this.#insideOf(node);
      if (inner === node) return node;
      node = inner;
    }
    return undefined;
  }

  #insideOf(node: SyntaxNode): SyntaxNode | undefined {
    if (node.name === "VariableName") return this.constant(this.#textOf(node));
    if (node.name === "PrefixCast") return node.lastChild ?? undefined;
    const [first, second] = /^(?:Parenthesized|Await|Binary)Expression$/.test(node.name) ? childrenOf(node) : [];
    if (node.name === "BinaryExpression") return /^(?:as|satisfies)$/.test(second?.name ?? "") ? first : node;
    return second ?? node;
  }

  /** The arguments of calls in the order of the text. A chain is the call that comes last in it. */
  calls(name: string): readonly (readonly SyntaxNode[])[] {
    return this.nodes("CallExpression")
      .filter(({ firstChild }) => {
        const called = firstChild?.name === "MemberExpression" ? firstChild.lastChild : firstChild;
        return called !== null && called !== undefined && this.#textOf(called) === name;
      })
      .sort((one, other) => one.to - other.to)
      .map((call) => this.#argumentsOf(call));
  }

  mentions(node: SyntaxNode, name: string): boolean {
    let isThere = false;
    node.cursor().iterate((ref) => {
      isThere ||= /^(?:Variable|Property)Name$/.test(ref.name) && this.#textOf(ref) === name;
    });
    return isThere;
  }

  #textOf({ from, to }: { readonly from: number; readonly to: number }): string {
    return this.#text.slice(from, to);
  }

  #string(node: SyntaxNode): string | undefined {
    const text = this.#textOf(node).slice(1, -1);
    return node.firstChild === null && !text.includes("\\") ? text : undefined;
  }

  /** A text in backticks with the values in it; `undefined` if one of them is no text. */
  #template(node: SyntaxNode, depth: number): string | undefined {
    const text = this.#textOf(node);
    if (text.includes("\\")) return undefined;
    let [written, at] = ["", node.from + 1];
    for (const part of node.getChildren("Interpolation")) {
      const value = this.value(childrenOf(part)[1], depth + 1);
      if (typeof value !== "string") return undefined;
      written += this.#text.slice(at, part.from) + value;
      at = part.to;
    }
    return written + this.#text.slice(at, node.to - 1);
  }

  /** Two texts that are put together. */
  #sum(node: SyntaxNode, depth: number): string | undefined {
    const [left, operator, right] = childrenOf(node);
    if (operator === undefined || this.#textOf(operator) !== "+") return undefined;
    const [start, end] = [left, right].map((each) => this.value(each, depth + 1));
    return typeof start === "string" && typeof end === "string" ? start + end : undefined;
  }

  /** The path of `new URL("./src", import.meta.url).pathname`. */
  #pathname(node: SyntaxNode, depth: number): string | undefined {
    const [url, , name] = childrenOf(node);
    return url?.name === "NewExpression" && name !== undefined && this.#textOf(name) === "pathname"
      ? this.#path(url, depth)
      : undefined;
  }

  #object(node: SyntaxNode, depth: number): Readonly<Record<string, unknown>> {
    const entries = new Map<string, unknown>();
    for (const property of node.getChildren("Property")) {
      const [key, ...rest] = childrenOf(property);
      const name = key?.name === "String" ? this.#string(key) : key && this.#textOf(key);
      // A spread and a computed key may replace every property before them.
      if (name === undefined || key?.name === "Spread" || key?.name === "[") entries.clear();
      else if (rest.length === 0) entries.set(name, this.value(this.constant(name), depth + 1));
      else entries.set(name, rest[0]?.name === ":" ? this.value(rest[1], depth + 1) : undefined);
    }
    return Object.fromEntries(entries);
  }

  /** A path below the folder of the file, from `path.resolve()`, `new URL()` and the like. */
  #path(call: SyntaxNode, depth: number): string | undefined {
    const callee = childrenOf(call).find(({ name }) => /^(?:Variable|MemberExpr)/.test(name));
    const name = callee === undefined ? "" : this.#textOf(callee);
    const [first, ...others] = this.#argumentsOf(call);
    if (name === "process.cwd") return ".";
    if (/^(?:path\.)?dirname$/.test(name)) return first && ownFile.test(this.#textOf(first)) ? "." : undefined;
    const [start, ...parts] = [first, ...others].map((each) => this.value(each, depth + 1));
    const isText = (part: unknown) => typeof part === "string";
    if (!isText(start)) return undefined;
    if (/^(?:url\.)?fileURLToPath$/.test(name)) return start;
    if (name === "URL") {
      const isHere = others[0] !== undefined && this.#textOf(others[0]) === "import.meta.url";
      return isHere && !isAbsolute(start) ? start : undefined;
    }
    const isJoined = /^(?:path\.)?(?:resolve|join)$/.test(name) && !isAbsolute(start) && parts.every(isText);
    // An absolute path replaces the parts before it, except in `join`.
    const isReplaced = name.endsWith("resolve") && parts.some(isAbsolute);
    return isJoined && !isReplaced ? [".", start, ...parts].join("/") : undefined;
  }

  #argumentsOf(call: SyntaxNode): readonly SyntaxNode[] {
    const list = call.getChild("ArgList");
    return list === null ? [] : childrenOf(list).filter(({ name }) => !/^[(),]$/.test(name));
  }

  /** What a function returns; `undefined` if it returns nothing, or in several places. */
  #returned(node: SyntaxNode): SyntaxNode | undefined {
    const body = node.getChild("Block");
    if (body === null) return node.lastChild ?? undefined;
    const returns: SyntaxNode[] = [];
    body.cursor().iterate((ref) => {
      if (ref.name === "ReturnStatement") returns.push(ref.node);
      return !isFunction(ref);
    });
    const [only] = returns;
    return returns.length === 1 && only !== undefined ? childrenOf(only)[1] : undefined;
  }
}
