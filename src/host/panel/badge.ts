import { type Disposable, l10n, window } from "vscode";
import { badgeViewId } from "../ids.ts";

/** The number of running jobs on Limn's icon in the activity bar. */
export interface Badge extends Disposable {
  show(running: number): void;
}

/**
 * VS Code shows a webview's badge only once its view was opened, a tree view's at any time, even if
 * that view is never shown (measured in 1.139). So an empty tree view that no condition ever shows
 * carries it.
 */
export function createBadge(): Badge {
  const view = window.createTreeView<never>(badgeViewId, {
    treeDataProvider: {
      getChildren: () => [],
      getTreeItem: (element) => element,
    },
  });
  return {
    show(running) {
      view.badge = running === 0 ? undefined : { value: running, tooltip: l10n.t("{0} jobs running", running) };
    },
    dispose: () => view.dispose(),
  };
}
