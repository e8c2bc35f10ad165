import { l10n, Uri, window } from "vscode";
import * as z from "zod/mini";
import { LimnError } from "../core/errors.ts";
import { type Input, parseInput, shapeOf } from "../core/input.ts";
import { readInvisible } from "../core/invisible.ts";
import { agreeOnFormat } from "../core/naming.ts";
import { formatOf } from "../core/picture.ts";
import { cleanPrompt } from "../core/promptText.ts";
import type { Order } from "../core/request.ts";
import { requestOptions } from "./defaults.ts";
import { namingFolder } from "./namedSetting.ts";
import { readPath, readUri, type Spot, splitRoot } from "./places.ts";
import { loadReferences, loadRemote } from "./references.ts";
import { rootOf } from "./roots.ts";
import type { Services } from "./services.ts";
import { setting } from "./settings.ts";
import { readSettings } from "./settingsPath.ts";
import { checkSpot } from "./target.ts";

const uriLike = z.union([
  z.string(),
  z.pipe(
    z.custom<Uri>((value) => value instanceof Uri),
    // A web address must stay as it is: VS Code would encode its query once more.
    z.transform((uri) => uri.toString(/^https?$/.test(uri.scheme))),
  ),
]);

/**
 * Whether a command was run by a program, with an argument that takes the place of the flow: menus hand over a file or, from a
 * webview, its context.
 */
export const isArgument = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  !(value instanceof Uri) &&
  !(typeof value === "object" && "webview" in value);

/** Other extensions pass `Uri` objects, keybindings and tasks pass strings: both become strings. */
function plain(argument: unknown): unknown {
  const withUris = z
    .looseObject({ references: z.optional(z.array(uriLike)), path: z.optional(uriLike) })
    .safeParse(argument);
  return withUris.success ? withUris.data : argument;
}

/** Whether the text is a URI: `file:///a.png`, or `memfs:/a.png` as VS Code writes one without authority. A drive letter is none. */
const hasScheme = (text: string): boolean => /^[a-z][a-z0-9+.-]+:\//i.test(text);

/** A file by URI, or by a path relative to the workspace folder. */
function fileOf(text: string, home: Uri | undefined): Uri {
  if (hasScheme(text)) {
    return Uri.parse(text);
  }
  const { root, rest } = splitRoot(readInvisible(text).replaceAll("\\", "/").split("/"), home);
  const uri = Uri.joinPath(root, ...rest);
  if (!uri.path.startsWith(`${root.path}/`)) {
    throw new LimnError("files", l10n.t("“{0}” leads out of the workspace folder.", text), { field: "references" });
  }
  return uri;
}

/** Where to save: the path given, or folder and name of the settings. */
function spotOf({ path }: Input, home: Uri | undefined): Spot {
  const template = setting("fileName", home).trim();
  if (path === undefined) {
    return readSettings(home);
  }
  return hasScheme(path) ? readUri(Uri.parse(path), template) : readPath(path, template, home);
}

/** Reads a command's argument, with its fields in one order; throws a `LimnError` that names the wrong field. */
export const readArgument = (argument: unknown): Input => parseInput(plain(argument));

/** Makes an order of a command's argument; throws a `LimnError` with the sentence a person would see. */
export async function orderOf(services: Services, input: Input): Promise<Order> {
  const home = window.activeTextEditor?.document.uri;
  const isSet = input.path === undefined && rootOf(home) !== undefined;
  const { spot, format } = await namingFolder(isSet, async () => {
    const asked = spotOf(input, home);
    return { spot: asked, format: agreeOnFormat(asked.format, formatOf[input.format?.toLowerCase() ?? ""]) };
  });
  const { folder, name } = spot;
  const uris = (input.references ?? []).map((text) => loadRemote(text) ?? fileOf(text, home));
  const loaded = await loadReferences(uris, services.imaging, services.model);
  const { quality, safety, ttl, outputType, deliveryMethod, webhookURL, uploadEndpoint } = input;
  const request = {
    ...requestOptions(folder, {
      ...{ quality, safety, ttl, outputType, deliveryMethod, webhookURL, uploadEndpoint },
      format,
    }),
    prompt: cleanPrompt(input.prompt),
    references: loaded.references,
    shape: shapeOf(input),
    count: input.count ?? 1,
  };
  await namingFolder(isSet, () => checkSpot(services.model, services.ports.files, { ...request, loaded }, spot));
  return { request, target: { folder: folder.toString(), name, keep: "all" } };
}
