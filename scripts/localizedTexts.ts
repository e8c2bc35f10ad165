import type { Node } from "typescript/unstable/ast";
import { isCallExpression, isNoSubstitutionTemplateLiteral, isStringLiteral } from "typescript/unstable/ast/is";
import { API } from "typescript/unstable/sync";
import { root } from "./paths.ts";

/** The folders of `src` with a project, but for the sandbox: its texts are those of the service. */
const localizedLayers = ["core", "imaging", "host", "webview", "panel", "lightTable"] as const;

type LocalizedLayer = (typeof localizedLayers)[number];

/** Files that are read with the host's project: those outside a folder, and the messages. */
const isRootFile = (path: string): boolean => /^src\/(?:protocol\/.*|[^/]+)\.ts$/u.test(path);

const isInLayer = (path: string, layer: LocalizedLayer): boolean =>
  path.startsWith(`src/${layer}/`) || (layer === "host" && isRootFile(path));

/** Parses all files of `src` but the sandbox and calls `visit` with each. */
export function visitLocalizedFiles(visit: (path: string, file: Node) => void): void {
  const api = new API({ cwd: root });
  try {
    const configs = localizedLayers.map((layer) => `${root}/src/${layer}/tsconfig.json`);
    const snapshot = api.updateSnapshot({ openProjects: configs });
    for (const [index, layer] of localizedLayers.entries()) {
      const project = snapshot.getProject(configs[index] ?? "");
      for (const name of project?.program.getSourceFileNames() ?? []) {
        const path = name.slice(root.length + 1);
        const file = isInLayer(path, layer) ? project?.program.getSourceFile(name) : undefined;
        if (file !== undefined) visit(path, file);
      }
    }
  } finally {
    api.close();
  }
}

/**
 * Returns the first arguments of all `l10n.t` calls, sorted: the keys of a translation.
 * @throws Error if one is not a literal, since a translation could not have it.
 */
export function readLocalizedTexts(): readonly string[] {
  const texts = new Set<string>();
  const visit = (path: string, node: Node): void => {
    if (isCallExpression(node) && node.expression.getText() === "l10n.t") {
      const [first] = node.arguments;
      if (first === undefined || !(isStringLiteral(first) || isNoSubstitutionTemplateLiteral(first))) {
        throw new Error(`${path}: the first argument of l10n.t must be a literal: ${node.getText()}`);
      }
      texts.add(first.text);
    }
    node.forEachChild((child) => visit(path, child));
  };
  visitLocalizedFiles(visit);
  return [...texts].sort();
}
