import { type Disposable, l10n, type TreeView, window } from "vscode";
import { isOpen } from "../../core/jobs/job.ts";
import type { Jobs } from "../../core/jobs/jobs.ts";
import { badgeViewId } from "../ids.ts";

/** The number of running jobs on Limn's icon in the activity bar. */
export interface Badge extends Disposable {
  refresh(): void;
}

/**
 * Puts the badge on an empty tree view that is never shown. VS Code shows the badge of a webview
 * only after its view was opened once, but that of a tree view always (measured in 1.139).
 */
export function createBadge(jobs: Jobs): Badge {
  let view: TreeView<never> | undefined;
  const createView = () =>
    window.createTreeView<never>(badgeViewId, {
      treeDataProvider: {
        getChildren: () => [],
        getTreeItem: (element) => element,
      },
    });
  return {
    refresh() {
      const running = jobs.followedIds().filter((id) => {
        const job = jobs.journal.get(id);
        return job !== undefined && isOpen(job);
      }).length;
      if (view === undefined && running === 0) return;
      view ??= createView();
      const tooltip = running === 1 ? l10n.t("1 job running") : l10n.t("{0} jobs running", running);
      view.badge = running === 0 ? undefined : { value: running, tooltip };
    },
    dispose: () => view?.dispose(),
  };
}
