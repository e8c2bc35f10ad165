import assert from "node:assert/strict";
import { extensions } from "vscode";
import type { TestExports } from "../../../src/extension.ts";
import type { Limn } from "../../../src/limn.ts";

/** Loads the extension under test, which exports itself in test windows only. */
export async function limn(): Promise<Limn> {
  const exported = await extensions.getExtension<TestExports | undefined>("limn.limn")?.activate();
  assert.ok(exported, "Limn does not export itself.");
  return exported.limn();
}
