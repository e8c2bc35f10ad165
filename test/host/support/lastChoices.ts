import assert from "node:assert/strict";
import { extensions } from "vscode";
import type { TestExports } from "../../../src/extension.ts";

/** Forgets what the user chose last, so that Limn proposes what it proposes to a new user. */
export async function forgetLastChoices(): Promise<void> {
  const exported = await extensions.getExtension<TestExports | undefined>("limn.limn")?.activate();
  assert.ok(exported, "Limn does not export its last choices.");
  const lastChoices = await exported.lastChoices();
  const { shape, count, format, folders } = lastChoices.read();
  if ([shape, count, format, folders].some((choice) => choice !== undefined)) {
    await lastChoices.update({ shape: undefined, count: undefined, format: undefined, folders: undefined });
  }
}
