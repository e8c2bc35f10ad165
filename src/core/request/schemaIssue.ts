import * as l10n from "@vscode/l10n";
import type * as z from "zod/mini";
import { quotedList } from "../text/sentences.ts";

/** The path of a field as JavaScript spells it, such as `safety.mode` or `references[1]`. */
const formatFieldPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/** Whether nothing is at this path of a value. */
function isAbsent(value: unknown, [key, ...rest]: readonly PropertyKey[]): boolean {
  const isLeaf = key === undefined || typeof value !== "object" || value === null;
  return isLeaf ? value === undefined : isAbsent(Reflect.get(value, key), rest);
}

function describeUnknownFields(paths: readonly string[]): string {
  const [first = ""] = paths;
  return paths.length > 1
    ? l10n.t("Limn does not know the fields {0}. Remove them or correct their names.", quotedList(paths))
    : l10n.t("Limn does not know the field “{0}”. Remove it or correct its name.", first);
}

/** What a field must be, by the type that a schema expects. */
const sentenceByType: Readonly<Record<string, (field: string) => string>> = {
  string: (field) => l10n.t("“{0}” must be a string.", field),
  number: (field) => l10n.t("“{0}” must be a number.", field),
  boolean: (field) => l10n.t("“{0}” must be true or false.", field),
  array: (field) => l10n.t("“{0}” must be a list.", field),
  object: (field) => l10n.t("“{0}” must be an object.", field),
};

/**
 * Why a schema refuses a value, as a translated sentence about an unknown field or the first wrong
 * one; `undefined` if the value itself has the wrong type. The messages of zod are in English only.
 */
export function describeSchemaIssue({ issues }: z.core.$ZodError, value: unknown): string | undefined {
  // A misspelled field is also a missing one.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (issue?.code === "unrecognized_keys") {
    return describeUnknownFields(issue.keys.map((key) => formatFieldPath([...issue.path, key])));
  }
  if (issue === undefined || issue.path.length === 0) {
    return undefined;
  }
  const field = formatFieldPath(issue.path);
  if (isAbsent(value, issue.path)) {
    return l10n.t("“{0}” is missing. Add it.", field);
  }
  if (issue.code === "invalid_value") {
    return l10n.t("“{0}” must be one of {1}.", field, quotedList(issue.values.map(String)));
  }
  const sentence = issue.code === "invalid_type" ? sentenceByType[issue.expected] : undefined;
  return sentence?.(field) ?? l10n.t("“{0}” cannot be used. Correct it.", field);
}
