import * as l10n from "@vscode/l10n";
import * as z from "zod/mini";
import type { ExportFormat, ExportTarget, TargetFile } from "./target.ts";

/** Maximum number of bytes of a file of targets. */
export const targetsFileLimit = 200_000;

// A segment begins with no dot, so that no path leads out of a folder or into `.git`.
const segment = String.raw`[\p{L}\p{N}_@+\-](?:[\p{L}\p{N}_@+.\- ]*[\p{L}\p{N}_@+\-])?`;

// `{name}` is in the name of the file only: an image may be called `..`.
const pathPattern = new RegExp(
  String.raw`^(?:${segment}/)*(?:[\p{L}\p{N}_@+\-]|\{name\})(?:[\p{L}\p{N}_@+.\- ]|\{name\})*\.(?:png|jpe?g|webp|avif)$`,
  "u",
);

const formats: Readonly<Record<string, ExportFormat>> = {
  png: "PNG",
  jpg: "JPG",
  jpeg: "JPG",
  webp: "WEBP",
  avif: "AVIF",
};

// Fewer pixels would leave nothing of a picture with padding.
const side = z.int().check(z.minimum(16), z.maximum(4096));

const fileSchema = z
  .strictObject({
    path: z.string().check(z.maxLength(200), z.regex(pathPattern)),
    width: z.optional(side),
    height: z.optional(side),
    maxBytes: z.optional(z.int().check(z.minimum(1000), z.maximum(100_000_000))),
    background: z.optional(z.string().check(z.regex(/^#[\da-fA-F]{6}$/))),
    padding: z.optional(z.number().check(z.minimum(0), z.maximum(0.4))),
  })
  .check(
    z.refine(({ width, height }) => height === undefined || width !== undefined, { path: ["height"] }),
    z.refine(({ height, padding }) => padding === undefined || height !== undefined, { path: ["padding"] }),
    // What the two refinements mean, for the editor.
    z.meta({ dependencies: { height: ["width"], padding: ["width", "height"] } }),
  );

const targetSchema = z.strictObject({
  name: z.string().check(z.maxLength(60), z.regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)),
  files: z.array(fileSchema).check(z.minLength(1), z.maxLength(30)),
});

/** The content of `.limn/targets.json`; build/targetsSchema.mjs describes it to the editor. */
export const targetsFileSchema = z.strictObject({
  $schema: z.optional(z.string()),
  targets: z.array(targetSchema).check(z.maxLength(50)),
});

/** Targets of a project, or a sentence that says what is wrong with them. */
export type ProjectTargets = { readonly targets: readonly ExportTarget[] } | { readonly problem: string };

const formatOf = (path: string): ExportFormat => formats[path.slice(path.lastIndexOf(".") + 1)] ?? "PNG";

function toTargetFile({ path, width, height, maxBytes, background, padding }: z.infer<typeof fileSchema>): TargetFile {
  const format = formatOf(path);
  // A JPEG has no transparency.
  const behind = background ?? (format === "JPG" ? "#ffffff" : undefined);
  return {
    path,
    format,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(behind === undefined ? {} : { background: behind }),
    ...(padding === undefined ? {} : { padding }),
  };
}

/** A place in the file as code has it, such as `targets[0].files[1].width`. */
const shownPlace = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/** The first text that is there twice; upper and lower case count as the same. */
function repeatedText(texts: readonly string[]): string | undefined {
  const keys = texts.map((text) => text.toLowerCase());
  return texts.find((_, index) => keys.indexOf(keys[index] ?? "") !== index);
}

/** What two targets, or two files of one of them, have in common and may not, as a sentence. */
function repetitionIn(targets: readonly z.infer<typeof targetSchema>[]): string | undefined {
  const name = repeatedText(targets.map((target) => target.name));
  if (name !== undefined) {
    return l10n.t("Two targets have the name “{0}”.", name);
  }
  const [path] = targets.flatMap(({ files }) => repeatedText(files.map((file) => file.path)) ?? []);
  return path === undefined ? undefined : l10n.t("A target has two files with the path “{0}”.", path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Parses the text of `.limn/targets.json`. */
export function parseProjectTargets(text: string): ProjectTargets {
  const json = parseJson(text);
  if (json === undefined) {
    return { problem: l10n.t("It is not valid JSON.") };
  }
  const parsed = targetsFileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
    const place = shownPlace([...(issue?.path ?? []), ...unknown]).slice(0, 100);
    return {
      problem: place === "" ? l10n.t("It has no list of targets.") : l10n.t("“{0}” is missing or not valid.", place),
    };
  }
  const { targets } = parsed.data;
  const problem = repetitionIn(targets);
  return problem === undefined
    ? {
        targets: targets.map(({ name, files }) => ({
          // The name and not the place in the file, since jobs remember it.
          id: `project-${name}`,
          name,
          group: "project",
          files: files.map(toTargetFile),
        })),
      }
    : { problem };
}
