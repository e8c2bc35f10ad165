import { randomUUID } from "node:crypto";
import { Jobs } from "../../../src/core/jobs/jobs.ts";
import { family } from "../../../src/core/models/family.ts";
import { workspaceOf } from "../../../src/host/money/workspaces.ts";
import { createJournalPort, createVaultPort } from "../../../src/host/storage/storage.ts";
import { workspaceFiles } from "../../../src/host/workspace/workspaceFiles.ts";
import { probe } from "../../../src/imaging/probe.ts";
import { journalPaths, vaultFolder } from "./files.ts";

/** The real journal, vault and workspace, without a network. `warnings`: the lines of the log. */
export function offlineJobs() {
  const warnings: string[] = [];
  const addWarning = (text: string): void => void warnings.push(text);
  const log = { debug: addWarning, info: addWarning, warn: addWarning, error: addWarning };
  const ports = {
    fetch: () => Promise.reject(new Error("These tests do not fetch.")),
    now: Date.now,
    sleep: () => Promise.resolve(),
    timer: () => ({ restart() {}, cancel() {} }),
    idleTimeoutSetting: () => undefined,
    uuid: randomUUID,
    endpoint: () => Promise.resolve(undefined),
    journal: createJournalPort(journalPaths),
    vault: createVaultPort(vaultFolder),
    files: workspaceFiles(vaultFolder, [], async () => false),
    budget: { limits: () => ({}), approve: async () => true },
    workspaceOf,
    probe,
    isOpaque: () => Promise.resolve(true),
    decodeBase64: (text: string) => Buffer.from(text, "base64"),
    searchable: (bytes: Uint8Array) => bytes,
    log,
  };
  return { jobs: new Jobs(ports, family), ports, warnings };
}
