import type { ExtensionContext, Memento } from "vscode";

/** What Limn needs of the context that VS Code gives to `activate`. */
export type LimnContext = Pick<
  ExtensionContext,
  "extensionUri" | "globalStorageUri" | "secrets" | "subscriptions" | "workspaceState"
> & { readonly globalState: Memento };
