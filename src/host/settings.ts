import { type ConfigurationScope, ConfigurationTarget, workspace } from "vscode";
import type { DeliveryMethod, OutputFormat, OutputType } from "../core/models/model.ts";
import type { SafetyChoice } from "../core/request/safety.ts";

/**
 * Every setting, with its type. Defaults are in the manifest, and a test holds the two together.
 */
export interface Settings {
  readonly engine: "runware" | "sandbox";
  readonly apiUrl: string;
  readonly folder: string;
  readonly fileName: string;
  readonly format: Lowercase<OutputFormat>;
  readonly quality: number;
  readonly outputType: OutputType;
  readonly deliveryMethod: DeliveryMethod;
  readonly statusBar: "whileRunning" | "always" | "never";
  /** US dollars; 0 is no limit. */
  readonly "budget.askAbove": number;
  readonly "budget.perDay": number;
  readonly "budget.perMonth": number;
  readonly safety: SafetyChoice;
  /** Seconds; 0 leaves it to Limn. */
  readonly timeout: number;
  readonly ttl: number;
  readonly webhookURL: string;
  readonly uploadEndpoint: string;
  readonly openAfterSaving: boolean;
  readonly "vault.keepDays": number;
  readonly "sandbox.delay": number;
}

/**
 * The value of a setting, for a file or folder where it matters. A settings file can hold anything,
 * and VS Code hands it out as it stands: what is of another type than the default counts as not
 * said, so that no workspace brings Limn to a halt.
 */
export function setting<Key extends keyof Settings>(key: Key, scope?: ConfigurationScope): Settings[Key] {
  const settings = workspace.getConfiguration("limn", scope ?? null);
  const defaultValue = settings.inspect<Settings[Key]>(key)?.defaultValue;
  if (defaultValue === undefined) {
    throw new Error(`The setting limn.${key} is not declared in the manifest.`);
  }
  const values = [settings.get<Settings[Key]>(key), settings.inspect<Settings[Key]>(key)?.globalValue];
  return values.find((value) => value !== undefined && typeof value === typeof defaultValue) ?? defaultValue;
}

/**
 * What the user has set, of whatever type, or the default: for those who must not take something
 * unreadable for the default. A workspace has no say: VS Code drops its `limn.safety`, but not a
 * name below it such as `limn.safety.x`, which would replace the user's value.
 */
export function rawUserSetting(key: keyof Settings): unknown {
  const { globalValue, defaultValue } = workspace.getConfiguration("limn", null).inspect<unknown>(key) ?? {};
  return globalValue ?? defaultValue;
}

/** Changes a setting for the person, in all workspaces. */
export const changeSetting = async <Key extends keyof Settings>(key: Key, value: Settings[Key]): Promise<void> =>
  workspace.getConfiguration("limn").update(key, value, ConfigurationTarget.Global);
