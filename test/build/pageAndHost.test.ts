import type { Node } from "typescript/unstable/ast";
import {
  isArrowFunction,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isTypeAliasDeclaration,
} from "typescript/unstable/ast/is";
import { API, type Project, SignatureKind, type Type } from "typescript/unstable/sync";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";

/** The TypeScript program of the code, for its syntax and types. */
const api = new API({ cwd: root });
const configOf = (layer: string): string => `${root}/src/${layer}/tsconfig.json`;
const snapshot = api.updateSnapshot({ openProjects: ["panel", "lightTable", "host"].map(configOf) });

afterAll(() => api.close());

const fail = (what: string): never => {
  throw new Error(`The compiler does not know ${what}.`);
};

const projectOf = (layer: string): Project => snapshot.getProject(configOf(layer)) ?? fail(layer);

function descendants(node: Node): readonly Node[] {
  const children: Node[] = [];
  node.forEachChild((child) => void children.push(child));
  return [node, ...children.flatMap(descendants)];
}

const nodesOfFile = ({ program }: Project, name: string): readonly Node[] =>
  descendants(program.getSourceFile(name) ?? fail(name));

/** All nodes of a layer's files. */
function nodesOf(layer: string): readonly Node[] {
  const project = projectOf(layer);
  const names = project.program.getSourceFileNames().filter((name) => name.startsWith(`${root}/src/${layer}/`));
  return names.flatMap((name) => nodesOfFile(project, name));
}

/** The string literals that a type allows. */
function textsOf(type: Type | undefined): readonly string[] {
  if (type?.isUnionType()) {
    return type.getTypes().flatMap(textsOf);
  }
  return type?.isStringLiteralType() ? [type.value] : [];
}

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();

/** The intents of a page, each as its own type. */
function intentTypes(project: Project, file: string, typeName: string): readonly Type[] {
  const alias = nodesOfFile(project, `${root}/src/protocol/${file}`)
    .filter(isTypeAliasDeclaration)
    .find(({ name }) => name.text === typeName);
  const union = project.checker.getTypeAtLocation(alias?.name ?? fail(`the type ${typeName}`));
  return union?.isUnionType() ? union.getTypes() : fail("the intents");
}

/** The intents of both pages. */
const allIntentTypes = (project: Project): readonly Type[] => [
  ...intentTypes(project, "intent.ts", "Intent"),
  ...intentTypes(project, "lightTable.ts", "LightTableIntent"),
];

/** The string literals that a field of an intent allows. */
function textsIn({ checker }: Project, intent: Type, field: string): readonly string[] {
  const property = checker.getPropertyOfType(intent, field);
  return property === undefined ? [] : textsOf(checker.getTypeOfSymbol(property));
}

/** The fields of each intent, by its type. */
const intentsOf = (project: Project): ReadonlyMap<string, readonly string[]> =>
  new Map(
    allIntentTypes(project).map((intent) => {
      const fields = project.checker.getPropertiesOfType(intent).map(({ name }) => name);
      return [textsIn(project, intent, "type")[0] ?? "", fields.filter((name) => name !== "type")] as const;
    }),
  );

/** Object literals of a layer with a literal `type`, by that type. */
function taggedObjects(layer: string): readonly (readonly [tag: string, properties: readonly Node[]])[] {
  return nodesOf(layer)
    .filter(isObjectLiteralExpression)
    .flatMap(({ properties }) => {
      const tag = properties
        .filter(isPropertyAssignment)
        .find(({ name }) => isIdentifier(name) && name.text === "type");
      return tag !== undefined && isStringLiteral(tag.initializer)
        ? [[tag.initializer.text, [...properties]] as const]
        : [];
    });
}

const fieldsOfType = ({ checker }: Project, type: Type | undefined): readonly string[] =>
  type === undefined ? [] : checker.getPropertiesOfType(type).map(({ name }) => name);

/** The fields that a named handler function reads: all fields of its parameter. */
function parameterFields(project: Project, handler: Type | undefined): readonly string[] {
  const { checker } = project;
  const [signature] = handler === undefined ? [] : checker.getSignaturesOfType(handler, SignatureKind.Call);
  return signature === undefined || signature.parameters.length < 2
    ? []
    : fieldsOfType(project, checker.getParameterType(signature, 1));
}

/**
 * The fields that an intent's handler reads, by destructuring, property access or passing the
 * intent on.
 */
function fieldsRead(project: Project, handler: Node): readonly string[] {
  const { checker } = project;
  if (!isArrowFunction(handler)) {
    return parameterFields(project, checker.getTypeAtLocation(handler));
  }
  const [, parameter] = handler.parameters;
  if (parameter === undefined) {
    return [];
  }
  if (isObjectBindingPattern(parameter.name)) {
    return parameter.name.elements.filter(isBindingElement).flatMap(({ propertyName, name }) => {
      const field = propertyName ?? name;
      return field !== undefined && isIdentifier(field) ? [field.text] : [];
    });
  }
  const own = isIdentifier(parameter.name) ? parameter.name.text : fail("the intent's name");
  const isIntent = (node: Node): boolean => isIdentifier(node) && node.text === own;
  return descendants(handler).flatMap((node) => {
    if (isPropertyAccessExpression(node) && isIntent(node.expression) && isIdentifier(node.name)) {
      return [node.name.text];
    }
    // If it is passed on, the parameter of that function counts.
    const given = isCallExpression(node) ? node.arguments.filter(isIntent) : [];
    return given.flatMap((argument) =>
      isIdentifier(argument) ? fieldsOfType(project, checker.getContextualType(argument)) : [],
    );
  });
}

describe.each(["panel", "lightTable"])("The page of %s", (page) => {
  const nodes = nodesOf(page);

  it("listens for every event it fires, and fires every event it listens for", () => {
    const fired = nodes.filter(isNewExpression).flatMap(({ expression, arguments: [name] = [] }) => {
      if (!isIdentifier(expression) || !/^(Custom)?Event$/u.test(expression.text)) {
        return [];
      }
      const text = name !== undefined && isStringLiteral(name) ? name.text : fail("the name of an event");
      return text.startsWith("limn-") ? [text] : [];
    });
    // In a template, the event name ends the text before the listener; listeners may also be added
    // by code.
    const inTemplates = nodes.flatMap((node) => {
      const text = "rawText" in node && typeof node.rawText === "string" ? node.rawText : "";
      return /@(limn-[\w-]+)=$/u.exec(text)?.[1] ?? [];
    });
    const byHand = nodes
      .filter(isCallExpression)
      .flatMap(({ expression, arguments: [name] }) =>
        isPropertyAccessExpression(expression) &&
        isIdentifier(expression.name) &&
        expression.name.text === "addEventListener" &&
        name !== undefined &&
        isStringLiteral(name) &&
        name.text.startsWith("limn-")
          ? [name.text]
          : [],
      );
    expect(fired.length).toBeGreaterThan(0);
    expect(sorted(fired)).toEqual(sorted([...inTemplates, ...byHand]));
  });
});

describe("The page and the host", () => {
  const host = projectOf("host");
  const intents = intentsOf(host);
  const sent = ["panel", "lightTable"].flatMap(taggedObjects);

  it("know the same intents, and each is sent by a page", () => {
    expect(intents.size).toBeGreaterThan(30);
    expect(sorted(sent.map(([tag]) => tag))).toEqual(sorted(intents.keys()));
  });

  it("have a control for each command of the page", () => {
    const { checker } = projectOf("panel");
    const asked = sent
      .filter(([tag]) => tag === "command")
      .flatMap(([, properties]) =>
        properties
          .filter(isPropertyAssignment)
          .flatMap(({ name, initializer }) =>
            isIdentifier(name) && name.text === "command" ? textsOf(checker.getTypeAtLocation(initializer)) : [],
          ),
      );
    const known = allIntentTypes(host).flatMap((intent) => textsIn(host, intent, "command"));
    expect(known.length).toBeGreaterThan(5);
    expect(sorted(asked)).toEqual(sorted(known));
  });

  it("send no unused fields: each field of an intent is read by its handler", () => {
    const read = new Map<string, readonly string[]>();
    const note = (tag: string, fields: readonly string[]) => read.set(tag, [...(read.get(tag) ?? []), ...fields]);
    for (const node of nodesOf("host")) {
      if (isPropertyAssignment(node) && isIdentifier(node.name) && intents.has(node.name.text)) {
        note(node.name.text, fieldsRead(host, node.initializer));
      } else if (isShorthandPropertyAssignment(node) && isIdentifier(node.name) && intents.has(node.name.text)) {
        const value = host.checker.getShorthandAssignmentValueSymbol(node);
        note(node.name.text, value === undefined ? [] : parameterFields(host, host.checker.getTypeOfSymbol(value)));
      }
    }
    expect(sorted(read.keys())).toEqual(sorted(intents.keys()));
    const unread = [...intents].flatMap(([tag, fields]) =>
      fields.filter((field) => read.get(tag)?.includes(field) !== true).map((field) => `${tag}.${field}`),
    );
    expect(unread).toEqual([]);
  });
});
