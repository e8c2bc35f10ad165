import { type ConfigurationScope, ConfigurationTarget, workspace } from "vscode";
import type { DeliveryMethod, OutputFormat, OutputType } from "../core/models/model.ts";
import type { SafetyChoice } from "../core/request/safety.ts";

/** Every setting with its type. Defaults are in the manifest; a test compares the two. */
export interface Settings {
  readonly engine: "runware" | "sandbox";
  readonly apiUrl: string;
  /** Id of a model; a settings file can name one that Limn does not know. */
  readonly model: string;
  readonly folder: string;
  readonly fileName: string;
  readonly format: Lowercase<OutputFormat>;
  readonly quality: number;
  readonly outputType: OutputType;
  readonly deliveryMethod: DeliveryMethod;
  readonly statusBar: "whileRunning" | "always" | "never";
  /** USD; 0 means no limit. */
  readonly "budget.askAbove": number;
  readonly "budget.perDay": number;
  readonly "budget.perMonth": number;
  readonly safety: SafetyChoice;
  /** Seconds; with 0, Limn decides. */
  readonly timeout: number;
  readonly ttl: number;
  readonly webhookURL: string;
  readonly uploadEndpoint: string;
  readonly openAfterSaving: boolean;
  readonly updateLinksOnFileMove: "prompt" | "always" | "never";
  readonly showLinksToDeletedImages: boolean;
  /** By folder of the workspace folder; see `siteSetting.ts`. */
  readonly sites: Readonly<Record<string, unknown>>;
  readonly weightCheck: boolean;
  readonly "export.keepMetadata": boolean;
  readonly "vault.keepDays": number;
  readonly "sandbox.delay": number;
}

/** Types of the defaults. VS Code's `inspect` takes long, and the panel reads many settings. */
const types = new Map<keyof Settings, string>();

/**
 * Returns the value of a setting, for the file or folder of `scope` if given. VS Code does not
 * check settings files, so a value of another type than the default is ignored.
 */
export function setting<Key extends keyof Settings>(key: Key, scope?: ConfigurationScope): Settings[Key] {
  const settings = workspace.getConfiguration("limn", scope ?? null);
  const value = settings.get<Settings[Key]>(key);
  if (value !== undefined && typeof value === types.get(key)) return value;
  const { defaultValue, globalValue } = settings.inspect<Settings[Key]>(key) ?? {};
  if (defaultValue === undefined) {
    throw new Error(`The setting limn.${key} is not declared in the manifest.`);
  }
  const type = typeof defaultValue;
  types.set(key, type);
  return [value, globalValue].find((one) => one !== undefined && typeof one === type) ?? defaultValue;
}

/** Whether the user, the workspace or the folder of `scope` sets a value of the right type. */
export function isSet(key: keyof Settings, scope: ConfigurationScope): boolean {
  const inspected = workspace.getConfiguration("limn", scope).inspect<unknown>(key);
  const values = [inspected?.globalValue, inspected?.workspaceValue, inspected?.workspaceFolderValue];
  return values.some((value) => value !== undefined && typeof value === typeof inspected?.defaultValue);
}

/**
 * Returns the user's value of a setting, of any type, or the default: for callers that must not
 * take an invalid value for the default. Workspace values are ignored: VS Code drops a workspace's
 * `limn.safety`, but not a nested name such as `limn.safety.x`, which would replace the user's
 * value.
 */
export function rawUserSetting(key: keyof Settings): unknown {
  const settings = workspace.getConfiguration("limn", null);
  const { globalValue, defaultValue } = settings.inspect<unknown>(key) ?? {};
  // `inspect` leaves out a value that is null (VS Code 1.139).
  return globalValue ?? (settings.get<unknown>(key) === null ? null : defaultValue);
}

/** The value of a setting as text, for messages about an invalid one. */
export const settingText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** Changes a setting in the user's settings, for all workspaces. */
export const changeSetting = async <Key extends keyof Settings>(key: Key, value: Settings[Key]): Promise<void> =>
  workspace.getConfiguration("limn").update(key, value, ConfigurationTarget.Global);

/** Changes a setting where it is set for the file or folder, or else in the user's settings. */
export async function changeSettingOf<Key extends keyof Settings>(
  key: Key,
  value: Settings[Key],
  scope: ConfigurationScope,
): Promise<void> {
  const settings = workspace.getConfiguration("limn", scope);
  const { workspaceFolderValue, workspaceValue } = settings.inspect(key) ?? {};
  const ofWorkspace = workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await settings.update(
    key,
    value,
    workspaceFolderValue === undefined ? ofWorkspace : ConfigurationTarget.WorkspaceFolder,
  );
}
