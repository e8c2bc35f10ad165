import { Disposable, workspace } from "vscode";
import type { Services } from "../services.ts";
import { spendingScheme } from "./spendingDocument.ts";
import { registerStatusBar } from "./statusBar.ts";

/** Registers the spending report and the status bar item. */
export const registerSpending = (services: Services): Disposable =>
  Disposable.from(
    workspace.registerTextDocumentContentProvider(spendingScheme, services.spendingDocument),
    registerStatusBar(services),
    services.spendingDocument,
  );
