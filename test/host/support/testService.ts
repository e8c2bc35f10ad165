import assert from "node:assert/strict";
import { ConfigurationTarget, workspace } from "vscode";
import type { Settings } from "../../../src/host/settings.ts";
import { type FaultProxy, type RecordedRequest, startFaultProxy } from "../../support/faultProxy.ts";

/** A variable the runner sets. */
function requiredEnvironment(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run the host tests with npm run test:host.`);
  return value;
}

/** The sandbox in a process of its own, and the key it takes. */
export const sandbox = {
  url: requiredEnvironment("LIMN_TEST_SANDBOX_URL"),
  key: requiredEnvironment("LIMN_TEST_SANDBOX_KEY"),
} as const;

let startedProxy: FaultProxy | undefined;

/** The server Limn talks to in all tests: it notes what comes and passes it on to the sandbox. */
export function faultProxy(): FaultProxy {
  assert.ok(startedProxy, "The front has not been started.");
  return startedProxy;
}

const changedSettings = new Set<keyof Settings>();

/** Changes a setting for the rest of the test. */
export async function setSetting<Key extends keyof Settings>(
  key: Key,
  value: Settings[Key] | undefined,
): Promise<void> {
  changedSettings.add(key);
  await workspace.getConfiguration("limn").update(key, value, ConfigurationTarget.Global);
}

/** Settings under which every test begins, where they are not the defaults. */
const testSettings = () => ({ apiUrl: faultProxy().url, openAfterSaving: false }) satisfies Partial<Settings>;

/**
 * Brings back the settings a test changed. What is as it should be is not written: VS Code takes
 * its time for each.
 */
async function resetSettings(): Promise<void> {
  const expected: Partial<Settings> = testSettings();
  for (const key of new Set<keyof Settings>([...changedSettings, "apiUrl", "openAfterSaving"])) {
    if (workspace.getConfiguration("limn").inspect(key)?.globalValue !== expected[key]) {
      await setSetting(key, expected[key]);
    }
  }
  changedSettings.clear();
}

/** Puts a key into Limn's environment for the rest of the test, or takes it out. */
export function useKey(key: string | undefined): void {
  if (key === undefined) {
    delete process.env.RUNWARE_API_KEY;
  } else {
    process.env.RUNWARE_API_KEY = key;
  }
}

before("a recording server before the sandbox, and a key in the environment", async () => {
  startedProxy = await startFaultProxy(sandbox.url);
  await resetSettings();
  useKey(sandbox.key);
});

afterEach(async () => {
  faultProxy().setRule(() => undefined);
  useKey(sandbox.key);
  await resetSettings();
});

after(async () => {
  await startedProxy?.close();
});

/** What Limn has sent since, of one task type or of all. */
export function recordRequests(): {
  requests(taskType?: string): readonly RecordedRequest[];
  tasks(): readonly SentTask[];
} {
  const begin = faultProxy().requests.length;
  const requests = (taskType?: string) =>
    faultProxy()
      .requests.slice(begin)
      .filter((seen) => taskType === undefined || seen.taskType === taskType);
  return {
    requests,
    tasks: () =>
      requests("imageInference").flatMap(({ body }) => {
        const tasks: SentTask[] = JSON.parse(body);
        return tasks;
      }),
  };
}

/** A purchase as it left the machine. */
export interface SentTask {
  readonly taskUUID: string;
  readonly positivePrompt: string;
  readonly width?: number;
  readonly height?: number;
  readonly resolution?: string;
  readonly inputs?: { readonly referenceImages?: readonly string[] };
  readonly numberResults?: number;
  readonly outputFormat?: string;
  readonly outputQuality?: number;
  readonly outputType?: string;
  readonly deliveryMethod?: string;
  readonly safety?: { readonly checkContent?: boolean; readonly mode?: string } | undefined;
  readonly ttl?: number | undefined;
  readonly webhookURL?: string | undefined;
  readonly uploadEndpoint?: string | undefined;
}
