import { type ActiveProject, activeScope, findActiveProject } from "../../workspace/activeProject.ts";
import { isSameFile } from "../../workspace/fileUri.ts";
import { rootOf } from "../../workspace/workspaceFolders.ts";

/** The project of the file in front as it was last looked for: snapshots do not wait for files. */
export class DraftProject {
  #found: ActiveProject | undefined;
  #lookups = 0;

  /** Looks for it again. An earlier call that takes longer changes nothing. */
  async find(): Promise<void> {
    const lookup = ++this.#lookups;
    const found = await findActiveProject();
    if (lookup === this.#lookups) {
      this.#found = found;
    }
  }

  /**
   * `undefined` if no folder is open. Nothing is known of its images if the user has changed to
   * another workspace folder since.
   */
  get current(): ActiveProject | undefined {
    const root = rootOf(activeScope());
    if (root === undefined) {
      return undefined;
    }
    return this.#found !== undefined && isSameFile(this.#found.root.uri, root.uri)
      ? { ...this.#found, root }
      : { root, folder: root.uri, images: undefined };
  }
}
