import assert from "node:assert/strict";
import { ConfigurationTarget, workspace } from "vscode";
import type { Settings } from "../../src/host/settings.ts";
import { type Front, type Seen, startFront } from "../support/front.ts";

/** A variable the runner sets. */
function given(name: string): string {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run the host tests with npm run test:host.`);
  return value;
}

/** The sandbox in a process of its own, and the key it takes. */
export const sandbox = { url: given("LIMN_TEST_SANDBOX_URL"), key: given("LIMN_TEST_SANDBOX_KEY") } as const;

let front: Front | undefined;

/** The server Limn talks to in all tests: it notes what comes and passes it on to the sandbox. */
export function service(): Front {
  assert.ok(front, "The front has not been started.");
  return front;
}

const changed = new Set<keyof Settings>();

/** Changes a setting for the rest of the test. */
export async function set<Key extends keyof Settings>(key: Key, value: Settings[Key] | undefined): Promise<void> {
  changed.add(key);
  await workspace.getConfiguration("limn").update(key, value, ConfigurationTarget.Global);
}

/** Settings under which every test begins, where they are not the defaults. */
const usual = () => ({ apiUrl: service().url, openAfterSaving: false }) satisfies Partial<Settings>;

/** Brings back the settings a test changed. What is as it should be is not written: VS Code takes its time for each. */
async function usualSettings(): Promise<void> {
  const wanted: Partial<Settings> = usual();
  for (const key of new Set<keyof Settings>([...changed, "apiUrl", "openAfterSaving"])) {
    if (workspace.getConfiguration("limn").inspect(key)?.globalValue !== wanted[key]) {
      await set(key, wanted[key]);
    }
  }
  changed.clear();
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
  front = await startFront(sandbox.url);
  await usualSettings();
  useKey(sandbox.key);
});

afterEach(async () => {
  service().decide(() => undefined);
  useKey(sandbox.key);
  await usualSettings();
});

after(async () => {
  await front?.close();
});

/** What Limn has sent since, of one task type or of all. */
export function record(): { requests(taskType?: string): readonly Seen[]; tasks(): readonly SentTask[] } {
  const begin = service().seen.length;
  const requests = (taskType?: string) =>
    service()
      .seen.slice(begin)
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
