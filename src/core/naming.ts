import { formatSize, type Pixels } from "./size.ts";

/** What a file name can be made of. */
export interface NameParts {
  readonly prompt: string;
  /** Milliseconds since the epoch, in the person's own time zone once formatted. */
  readonly date: number;
  /** Pixels of the picture. */
  readonly size: Pixels;
  /** Aspect ratio as the model names it, such as `16:9`. */
  readonly ratio: string;
  readonly uuid: string;
}

/** Longest slug in characters: long enough to be told apart, short enough for any tree view. */
const slugLimit = 48;

/** Longest file name in bytes without its extension; common file systems allow 255 in all. */
const nameLimit = 200;

/** Device names that Windows takes for itself, with any extension. Source: Microsoft, “Naming Files, Paths, and Namespaces”. */
const deviceName = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

/** Characters no file name may have on Windows, control characters, and invisible ones that can make a name look like another. */
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Cuts a text to a number of UTF-8 bytes without splitting a character. */
function cutBytes(text: string, limit: number): string {
  const encoder = new TextEncoder();
  const characters = [...text];
  let length = 0;
  const end = characters.findIndex((character) => {
    length += encoder.encode(character).length;
    return length > limit;
  });
  return end < 0 ? text : characters.slice(0, end).join("");
}

/** Accents on Latin letters, once decomposed. In other scripts a mark makes another letter: ガ is not カ, and Hindi is unreadable without. */
const latinAccents = /(?<=\p{Script=Latin})[\u0300-\u036f]+/gu;

/** The first words of a prompt as a file name: lower case, accents dropped, words joined by hyphens; letters of all scripts stay. */
export function slug(prompt: string): string {
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
    if ([...longer].length > slugLimit) {
      break;
    }
    text = longer;
  }
  return text || [...(words?.[0] ?? "")].slice(0, slugLimit).join("") || "image";
}

/** A name every common file system takes, Windows included. Never empty, never hidden. */
export function safeName(name: string): string {
  const clean = name
    .normalize("NFC")
    .replace(forbidden, "-")
    .replace(/^[.\s]+/, "");
  const cut = cutBytes(clean, nameLimit).replace(/[.\s]+$/, "");
  if (cut === "") {
    return "image";
  }
  return deviceName.test(cut) ? `_${cut}` : cut;
}

const pad = (value: number): string => String(value).padStart(2, "0");

function day(date: number): string {
  const local = new Date(date);
  return `${local.getFullYear()}-${pad(local.getMonth() + 1)}-${pad(local.getDate())}`;
}

/** What each placeholder stands for. */
const placeholders: Readonly<Record<string, (parts: NameParts, n: number) => string>> = {
  slug: ({ prompt }) => slug(prompt),
  n: (_, n) => String(n),
  date: ({ date }) => day(date),
  ratio: ({ ratio }) => ratio.replace(":", "x"),
  width: ({ size }) => String(size.width),
  height: ({ size }) => String(size.height),
  uuid8: ({ uuid }) => uuid.slice(0, 8),
};

const placeholder = /\{([^{}]*)\}/g;

/** The template with its placeholders filled in; what stands for nothing stays. */
const fill = (template: string, parts: NameParts, n: number, stay: readonly string[] = []): string =>
  template.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(placeholders, name) && !stay.includes(name) ? (placeholders[name]?.(parts, n) ?? whole) : whole,
  );

/** What is wrong with a name template, in a sentence; `undefined` where nothing is. */
export function checkTemplate(template: string): string | undefined {
  if (template.trim() === "") {
    return "The file name is empty.";
  }
  const unknown = [...template.matchAll(placeholder)].find(([, name = ""]) => !Object.hasOwn(placeholders, name));
  const possible = Object.keys(placeholders)
    .map((name) => `{${name}}`)
    .join(", ");
  return unknown === undefined ? undefined : `${unknown[0]} stands for nothing. Possible are ${possible}.`;
}

/**
 * File names without extension that a template gives, in the order they should be tried, without end. With `{n}` the counter goes
 * where the template wants it; without, the first name has none and the next ones end in `-2`, `-3` and so on.
 */
export function* fileNames(template: string, parts: NameParts): Generator<string, never> {
  for (let n = 1; ; n++) {
    const filled = fill(template, parts, n);
    // The counter must survive the cut of a long name.
    const counts = template.includes("{n}") && cutBytes(filled, nameLimit) === filled;
    yield counts || n === 1 ? safeName(filled) : `${cutBytes(safeName(filled), nameLimit - 8)}-${n}`;
  }
}

/** A template with all filled in but what differs from picture to picture: what a person sees before anything is made. */
export const prefill = (template: string, parts: Omit<NameParts, "uuid">): string =>
  fill(template, { ...parts, uuid: "" }, 1, ["n", "uuid8"]);

/** Aspect ratio for `{ratio}` where the model has no name for it: the pixels themselves. */
export const ratioOf = (size: Pixels & { readonly ratio?: string }): string =>
  size.ratio ?? formatSize(size).replaceAll(" ", "");
