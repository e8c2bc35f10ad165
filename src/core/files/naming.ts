import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import type { OutputFormat } from "../models/model.ts";
import { formatSize, type Pixels } from "../models/size.ts";
import { extensionByFormat, formatOfName } from "../pictures/pictureFormat.ts";
import { localDateOf } from "../timeSpan.ts";
import { windowsDeviceName } from "./pathRules.ts";

/** Values of the placeholders in a file name. */
export interface PlaceholderValues {
  readonly prompt: string;
  /** Milliseconds since the epoch; formatted in the local time zone. */
  readonly date: number;
  /** Pixels of the picture. */
  readonly size: Pixels;
  /** Aspect ratio as the model names it, such as `16:9`. */
  readonly ratio: string;
  readonly uuid: string;
}

/** Maximum length of a slug in characters: short enough for any tree view. */
const maxSlugLength = 48;

/**
 * Maximum length of a file name in bytes without its extension; common file systems allow 255 in
 * all.
 */
const maxNameBytes = 200;

/**
 * Characters that Windows forbids in names, control characters, and invisible ones that can make a
 * name look like another.
 */
const forbiddenCharacters = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Cuts a text to a number of UTF-8 bytes without splitting a character. */
function truncateToBytes(text: string, limit: number): string {
  const encoder = new TextEncoder();
  const characters = [...text];
  let length = 0;
  const end = characters.findIndex((character) => {
    length += encoder.encode(character).length;
    return length > limit;
  });
  return end < 0 ? text : characters.slice(0, end).join("");
}

/**
 * Accents on Latin letters, once decomposed. In other scripts a mark makes another letter: ガ is not
 * カ, and Hindi is unreadable without its marks.
 */
const latinAccents = /(?<=\p{Script=Latin})[\u0300-\u036f]+/gu;

/**
 * The first words of a prompt as a file name: lower case, without accents, joined by hyphens.
 * Letters of all scripts stay.
 */
export function slugify(prompt: string): string {
  const words = prompt
    .normalize("NFKD")
    .replace(latinAccents, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu);
  let text = "";
  for (const word of words ?? []) {
    const longer = text === "" ? word : `${text}-${word}`;
    if ([...longer].length > maxSlugLength) {
      break;
    }
    text = longer;
  }
  return text || [...(words?.[0] ?? "")].slice(0, maxSlugLength).join("") || "image";
}

/** A name that every common file system accepts, Windows included. Never empty, never hidden. */
export function portableName(name: string): string {
  const clean = name
    .normalize("NFC")
    .replace(forbiddenCharacters, "-")
    .replace(/^[.\s]+/, "");
  const cut = truncateToBytes(clean, maxNameBytes).replace(/[.\s]+$/, "");
  if (cut === "") {
    return "image";
  }
  return windowsDeviceName.test(cut) ? `_${cut}` : cut;
}

/** Placeholders and their values. */
type Placeholders = Readonly<Record<string, (parts: PlaceholderValues, n: number) => string>>;

/** The placeholders that users may write. */
const placeholders: Placeholders = {
  slug: ({ prompt }) => slugify(prompt),
  n: (_, n) => String(n),
  date: ({ date }) => localDateOf(date),
  ratio: ({ ratio }) => ratio.replace(":", "x"),
  width: ({ size }) => String(size.width),
  height: ({ size }) => String(size.height),
  uuid8: ({ uuid }) => uuid.slice(0, 8),
};

/** All placeholders of the templates in job files; `templateOfName` writes `{open}`. */
const allPlaceholders: Placeholders = { ...placeholders, open: () => "{" };

/** Doubled braces belong to another program's templates and stay as they are. */
const placeholderPattern = /(?<!\{)\{([^{}]*)\}(?!\})/g;

const counterPlaceholder = /(?<!\{)\{n\}(?!\})/;

/** The template with its placeholders filled in; unknown ones stay as they are. */
const fillPlaceholders = (
  template: string,
  values: PlaceholderValues,
  n: number,
  known: Placeholders = allPlaceholders,
): string =>
  template.replace(placeholderPattern, (match, name: string) =>
    Object.hasOwn(known, name) ? (known[name]?.(values, n) ?? match) : match,
  );

/**
 * The template of exactly this name, which may be that of an existing file with braces: `{date}` in
 * it is no placeholder.
 */
export const templateOfName = (name: string): string =>
  name.replace(placeholderPattern, (match, inner: string) =>
    Object.hasOwn(allPlaceholders, inner) ? `{open}${match.slice(1)}` : match,
  );

/**
 * The template without the braces that belong to the name, and to no placeholder: what the user may
 * edit. A typed name cannot have them.
 */
export const editableTemplate = (template: string): string =>
  template
    .replace(/(?<!\{)\{open\}([^{}]*)\}/g, "$1")
    .replace(placeholderPattern, (match, inner: string) => (Object.hasOwn(placeholders, inner) ? match : inner));

/**
 * The name that a template gives each picture; `undefined` if it depends on the picture. `{open}`
 * does not.
 */
export function fixedName(template: string): string | undefined {
  let isFixed = true;
  const name = template.replace(placeholderPattern, (match, inner: string) => {
    isFixed &&= !Object.hasOwn(placeholders, inner);
    return inner === "open" ? "{" : match;
  });
  return isFixed ? name : undefined;
}

/** A parsed file name template. */
export interface FileNameTemplate {
  /** Folders, then the name without its extension; each may have placeholders. */
  readonly segments: readonly string[];
  /** The format of its extension, if it has one. */
  readonly format: OutputFormat | undefined;
  /** Its extension, such as `jpeg`, if it is another spelling than Limn's own. */
  readonly extension?: string | undefined;
}

const fileNameError = (message: string) => new LimnError("files", message, { field: "path" });

/** Throws a `LimnError` that names the first unknown placeholder. */
function checkPlaceholders(matches: Iterable<RegExpMatchArray>): void {
  const unknown = [...matches].find(([, name = ""]) => !Object.hasOwn(placeholders, name));
  if (unknown !== undefined) {
    const possible = Object.keys(placeholders).map((name) => `{${name}}`);
    throw fileNameError(l10n.t("{0} is not a placeholder. Possible are {1}.", unknown[0], possible.join(", ")));
  }
}

/**
 * Folders may have braces of their own, such as `{{cookiecutter.name}}` or `{-$locale}`: only a
 * single word in braces is a placeholder.
 */
const folderPlaceholderPattern = /(?<!\{)\{(\w+)\}(?!\})/g;

/** Throws a `LimnError` of kind `files` if a folder of a path has an unknown placeholder. */
export const checkFolderPlaceholders = (segment: string): void =>
  checkPlaceholders(segment.matchAll(folderPlaceholderPattern));

/** Whether a segment of a path has a placeholder. */
export const hasPlaceholder = (segment: string): boolean =>
  [...segment.matchAll(placeholderPattern)].some(([, name = ""]) => Object.hasOwn(allPlaceholders, name));

/**
 * Splits a file name into its stem, its format, and the extension if Limn spells it another way.
 * @throws LimnError of kind `files` if the extension is that of another kind of file.
 */
export function splitExtension(
  name: string,
): Pick<FileNameTemplate, "format" | "extension"> & { readonly stem: string } {
  const format = formatOfName(name);
  const extension = /\.[A-Za-z][A-Za-z0-9]{1,4}$/.exec(name)?.[0];
  if (format === undefined && extension !== undefined) {
    throw fileNameError(
      l10n.t("Limn writes .jpg, .png and .webp files, not “{0}”. Change the file's extension.", extension),
    );
  }
  if (format === undefined) {
    return { stem: name, format };
  }
  const dot = name.lastIndexOf(".");
  const spelling = name.slice(dot + 1);
  return {
    stem: name.slice(0, dot),
    format,
    ...(spelling === extensionByFormat[format] ? {} : { extension: spelling }),
  };
}

/**
 * Parses a file name template such as `{date}/{slug}.png`. Commands, flow and panel read all
 * templates and typed paths with it.
 *
 * @throws LimnError of kind `files` that says what is wrong.
 */
export function parseTemplate(text: string): FileNameTemplate {
  const all = text.replaceAll("\\", "/").split("/");
  const segments = all.filter((segment) => segment !== "" && segment !== ".");
  if (segments.includes("..")) {
    throw fileNameError(l10n.t("A file name cannot lead out of its folder with “..”."));
  }
  const { stem, ...file } = splitExtension(all.at(-1) ?? "");
  if (stem.trim() === "" || stem === ".") {
    throw fileNameError(l10n.t("The file name is empty."));
  }
  const folders = segments.slice(0, -1);
  folders.forEach(checkFolderPlaceholders);
  checkPlaceholders(stem.matchAll(placeholderPattern));
  return { segments: [...folders, stem], ...file };
}

/**
 * The format of a picture: the requested one, or that of the name's extension; `undefined` if there
 * is neither.
 * @throws LimnError of kind `files` if they differ.
 */
export function resolveFormat(fromName?: OutputFormat, requested?: OutputFormat): OutputFormat | undefined {
  if (fromName !== undefined && requested !== undefined && fromName !== requested) {
    throw fileNameError(
      l10n.t(
        "The file name ends in .{0}, but the format is {1}. Change one of them.",
        extensionByFormat[fromName],
        requested,
      ),
    );
  }
  return fromName ?? requested;
}

/**
 * An endless series of file names for a template, with folders and without extension, in the order
 * to try them. `{n}` is replaced by the counter; without it, the first name has no counter and
 * the next ones end in `-2`, `-3` and so on.
 */
export function* candidateFileNames(template: string, values: PlaceholderValues): Generator<string, never> {
  const segments = template.split("/").filter((segment) => segment !== "");
  for (let n = 1; ; n++) {
    const filled = segments.map((segment) => fillPlaceholders(segment, values, n));
    // A long name that is cut must not lose its counter.
    const hasCounter = segments.some(
      (segment, index) =>
        counterPlaceholder.test(segment) && truncateToBytes(filled[index] ?? "", maxNameBytes) === filled[index],
    );
    const name = portableName(filled.at(-1) ?? "");
    const numbered = hasCounter || n === 1 ? name : `${truncateToBytes(name, maxNameBytes - 8)}-${n}`;
    yield [...filled.slice(0, -1).map(portableName), numbered].join("/");
  }
}

/**
 * A template whose name is filled in, except for what differs from picture to picture: what the
 * user sees before anything is made. Folders stay templates, so that today's date is not remembered
 * for tomorrow.
 */
export function prefillTemplate(template: string, values: Omit<PlaceholderValues, "uuid">): string {
  const { n: _, uuid8: __, ...known } = placeholders;
  const [name = "", ...folders] = template.split("/").toReversed();
  return [...folders.toReversed(), fillPlaceholders(name, { ...values, uuid: "" }, 1, known)].join("/");
}

/** Aspect ratio for `{ratio}`; the pixels if the model has no name for it. */
export const aspectRatioName = (size: Pixels & { readonly ratio?: string }): string =>
  size.ratio ?? formatSize(size).replaceAll(" ", "");
