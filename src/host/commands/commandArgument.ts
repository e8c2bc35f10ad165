import { l10n, Uri, window } from "vscode";
import * as z from "zod/mini";
import { LimnError } from "../../core/errors.ts";
import { resolveFormat } from "../../core/files/naming.ts";
import { formatByExtension } from "../../core/pictures/pictureFormat.ts";
import { modelOfArgument, requestOfArgument } from "../../core/request/argumentRequest.ts";
import { type CommandArgument, parseCommandArgument } from "../../core/request/argumentSchema.ts";
import type { JobRequest } from "../../core/request/request.ts";
import { unescapeInvisible } from "../../core/text/invisibleCharacters.ts";
import { modelToBuyFrom } from "../request/modelSetting.ts";
import { checkSaveLocation } from "../request/previewSavePath.ts";
import { loadReferences, loadRemoteReference } from "../request/references.ts";
import { requestOptions } from "../request/requestDefaults.ts";
import { addFolderSettingsToErrors } from "../request/settingErrors.ts";
import type { Services } from "../services.ts";
import { setting } from "../settings.ts";
import { parseSavePath, parseSaveUri, type SaveLocation, targetAt } from "../workspace/saveLocation.ts";
import { parseSettingsPath } from "../workspace/settingsPath.ts";
import { rootOf, splitRoot } from "../workspace/workspaceFolders.ts";

/** A `Uri` as a string; anything else unchanged, so that its own error can be shown. */
const uriOrOther = z.pipe(
  z.unknown(),
  z.transform((value) =>
    // Web addresses stay as they are: VS Code would encode their query a second time.
    value instanceof Uri ? value.toString(/^https?$/.test(value.scheme)) : value,
  ),
);

/**
 * Whether a program ran the command with an argument that replaces the flow. Menus pass a file or,
 * from a webview, its context.
 */
export const isCommandArgument = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  !(value instanceof Uri) &&
  !(typeof value === "object" && "webview" in value);

/** Converts `Uri` objects, which other extensions pass, to strings. */
function stringifyUris(argument: unknown): unknown {
  const withUris = z
    .looseObject({ references: z.optional(z.union([z.array(uriOrOther), z.unknown()])), path: z.optional(uriOrOther) })
    .safeParse(argument);
  return withUris.success ? withUris.data : argument;
}

/**
 * Whether the text is a URI, such as `file:///a.png` or `memfs:/a.png`. A drive letter is not a
 * scheme.
 */
const hasScheme = (text: string): boolean => /^[a-z][a-z0-9+.-]+:\//i.test(text);

/** Resolves a URI, or a path relative to the workspace folder. */
function resolveFileUri(text: string, scopeUri: Uri | undefined): Uri {
  if (hasScheme(text)) {
    return Uri.parse(text);
  }
  const { root, rest } = splitRoot(unescapeInvisible(text).replaceAll("\\", "/").split("/"), scopeUri);
  const uri = Uri.joinPath(root, ...rest);
  if (!uri.path.startsWith(`${root.path}/`)) {
    throw new LimnError("files", l10n.t("“{0}” leads out of the workspace folder.", text), { field: "references" });
  }
  return uri;
}

/** Where to save: the path of the argument, or folder and name of the settings. */
function resolveSaveLocation({ path }: CommandArgument, scopeUri: Uri | undefined): SaveLocation {
  const template = setting("fileName", scopeUri).trim();
  if (path === undefined) {
    return parseSettingsPath(scopeUri);
  }
  return hasScheme(path) ? parseSaveUri(Uri.parse(path), template) : parseSavePath(path, template, scopeUri);
}

/**
 * Reads a command's argument and puts its fields into a fixed order; throws a `LimnError` that
 * names the invalid field.
 */
export const readCommandArgument = (argument: unknown): CommandArgument =>
  parseCommandArgument(stringifyUris(argument));

/** Makes a request from a command's argument; throws a `LimnError` with a message for the user. */
export async function jobRequestOfArgument(services: Services, input: CommandArgument): Promise<JobRequest> {
  const { family, ports, imaging } = services;
  const model = modelOfArgument(input, family, () => modelToBuyFrom(family));
  const scopeUri = window.activeTextEditor?.document.uri;
  const isFromSettings = input.path === undefined && rootOf(scopeUri) !== undefined;
  const { saveLocation, format } = await addFolderSettingsToErrors(isFromSettings, async () => {
    const location = resolveSaveLocation(input, scopeUri);
    return {
      saveLocation: location,
      format: resolveFormat(location.format, formatByExtension[input.format?.toLowerCase() ?? ""]),
    };
  });
  const { folder } = saveLocation;
  const uris = (input.references ?? []).map((text) => loadRemoteReference(text) ?? resolveFileUri(text, scopeUri));
  const loaded = await loadReferences(uris, imaging, model);
  const { quality, safety, ttl, outputType, deliveryMethod, webhookURL, uploadEndpoint } = input;
  const request = requestOfArgument(
    input,
    model,
    loaded.references,
    requestOptions(folder, { quality, safety, ttl, outputType, deliveryMethod, webhookURL, uploadEndpoint, format }),
  );
  await addFolderSettingsToErrors(isFromSettings, () =>
    checkSaveLocation(ports.files, { ...request, model, loaded }, saveLocation),
  );
  return { request, target: targetAt(saveLocation, "all") };
}
