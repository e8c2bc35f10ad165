import assert from "node:assert/strict";
import { ConfigurationTarget, workspace } from "vscode";
import type { Settings } from "../../../src/host/settings.ts";
import { type FaultProxy, type RecordedRequest, startFaultProxy } from "../../support/faultProxy.ts";
import { forgetLastChoices } from "./lastChoices.ts";

/** Returns an environment variable that the runner sets. */
function requiredEnvironment(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run the host tests with npm run test:host.`);
  return value;
}

/** URL and key of the sandbox, which runs in its own process. */
export const sandbox = {
  url: requiredEnvironment("LIMN_TEST_SANDBOX_URL"),
  key: requiredEnvironment("LIMN_TEST_SANDBOX_KEY"),
} as const;

let startedProxy: FaultProxy | undefined;

/** The proxy in front of the sandbox. Limn uses it in all tests; it records all requests. */
export function faultProxy(): FaultProxy {
  assert.ok(startedProxy, "The fault proxy has not been started.");
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

/** Settings at the start of every test that differ from the defaults. */
const testSettings = () => ({ apiUrl: faultProxy().url, openAfterSaving: false }) satisfies Partial<Settings>;

/** Resets the settings a test changed. Writes only those that differ, since each write is slow. */
async function resetSettings(): Promise<void> {
  const expected: Partial<Settings> = testSettings();
  for (const key of new Set<keyof Settings>([...changedSettings, "apiUrl", "openAfterSaving"])) {
    if (workspace.getConfiguration("limn").inspect(key)?.globalValue !== expected[key]) {
      await setSetting(key, expected[key]);
    }
  }
  changedSettings.clear();
}

/** Sets or deletes the key in Limn's environment for the rest of the test. */
export function useKey(key: string | undefined): void {
  if (key === undefined) {
    delete process.env.RUNWARE_API_KEY;
  } else {
    process.env.RUNWARE_API_KEY = key;
  }
}

before("starts a fault proxy before the sandbox, and sets a key in the environment", async () => {
  startedProxy = await startFaultProxy(sandbox.url);
  await resetSettings();
  useKey(sandbox.key);
});

afterEach(async () => {
  await forgetLastChoices();
  faultProxy().setRule(() => undefined);
  useKey(sandbox.key);
  await resetSettings();
});

after(async () => {
  await startedProxy?.close();
});

/** Holds back the pictures of all jobs until the returned function is called. */
export function holdPictures(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  faultProxy().setRule(({ taskType }) => (taskType === "getResponse" ? { holdUntil: promise } : undefined));
  return resolve;
}

/** Records Limn's requests from now on; `requests` filters by task type. */
export function recordRequests(): {
  requests(taskType?: string): readonly RecordedRequest[];
  tasks(): readonly SentTask[];
} {
  const begin = faultProxy().requests.length;
  const requests = (taskType?: string) =>
    faultProxy()
      .requests.slice(begin)
      .filter((request) => taskType === undefined || request.taskType === taskType);
  return {
    requests,
    tasks: () =>
      requests("imageInference").flatMap(({ body }) => {
        const tasks: SentTask[] = JSON.parse(body);
        return tasks;
      }),
  };
}

/** A purchase as it was sent. */
export interface SentTask {
  readonly taskUUID: string;
  readonly model: string;
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
