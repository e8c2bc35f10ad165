import { join } from "node:path";
import { Uri } from "vscode";
import type { Picture } from "../../core/jobs/job.ts";

/** The picture's file: in the vault, or in the fallback folder if the vault could not take it. */
export const vaultUri = (
  { vault }: { readonly vault: string },
  { file = "", fallbackPath }: Pick<Picture, "file" | "fallbackPath">,
): Uri => Uri.file(fallbackPath ?? join(vault, file));
