import * as l10n from "@vscode/l10n";
import { escapeInvisible } from "../text/invisibleCharacters.ts";

/**
 * Device names that Windows reserves, with any extension. Source: Microsoft, “Naming Files, Paths,
 * and Namespaces”.
 */
export const windowsDeviceName = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

/** The rules of an operating system for paths. */
interface PathRules {
  readonly nameLimit: number;
  readonly pathLimit: number;
  /** Length of a text in the unit of both limits: bytes on Unix, UTF-16 code units on Windows. */
  readonly measure: (text: string) => number;
  readonly forbidden: RegExp;
  /** Whether the system reserves device names, and drops dots and spaces at the end of a name. */
  readonly isWindows: boolean;
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

const unix = { nameLimit: 255, measure: byteLength, forbidden: /[\0/]/, isWindows: false } as const;

const linuxRules: PathRules = { ...unix, pathLimit: 4095 };

/**
 * Rules by Node's name of the platform. Sources: NAME_MAX and PATH_MAX without its final zero in
 * Linux's `limits.h` and macOS's `sys/syslimits.h`; Microsoft, “Naming Files, Paths, and
 * Namespaces” (Node writes long paths in the form that allows 32,767 characters).
 */
const rulesByPlatform: Readonly<Record<string, PathRules>> = {
  linux: linuxRules,
  darwin: { ...unix, pathLimit: 1023 },
  win32: {
    nameLimit: 255,
    pathLimit: 32_766,
    measure: (text) => text.length,
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Windows forbids exactly these.
    forbidden: /[\0-\x1f<>:"/\\|?*]/,
    isWindows: true,
  },
};

/** Maximum number of characters of a name in a message. */
const shownNameLimit = 40;

function shortenName(name: string): string {
  const characters = [...name];
  return escapeInvisible(
    characters.length <= shownNameLimit ? name : `${characters.slice(0, shownNameLimit).join("")}…`,
  );
}

function checkName(name: string, rules: PathRules): string | undefined {
  const length = rules.measure(name);
  const shown = shortenName(name);
  if (length > rules.nameLimit) {
    return rules.isWindows
      ? l10n.t(
          "The name “{0}” is too long: {1} characters, and this system allows {2}. Choose a shorter one.",
          shown,
          length,
          rules.nameLimit,
        )
      : l10n.t(
          "The name “{0}” is too long: {1} bytes, and this system allows {2}. Choose a shorter one.",
          shown,
          length,
          rules.nameLimit,
        );
  }
  const forbidden = rules.forbidden.exec(name)?.[0];
  if (forbidden !== undefined) {
    return l10n.t(
      "The name “{0}” has a character that this system does not allow: {1}. Choose another one.",
      shown,
      escapeInvisible(forbidden),
    );
  }
  if (rules.isWindows && windowsDeviceName.test(name)) {
    return l10n.t("The name “{0}” is reserved by Windows for a device. Choose another one.", shown);
  }
  return rules.isWindows && /[. ]$/.test(name)
    ? l10n.t("The name “{0}” ends in a dot or a space, which Windows drops. Choose another one.", shown)
    : undefined;
}

/**
 * Why a file cannot have this path on this platform, as a message that names the part and the rule;
 * `undefined` if it can.
 *
 * @param names the folders and the file's name, from the root on.
 * @param reservedLength length of the longest name that is written into the last folder, such as a
 * temporary file's.
 */
export function checkPath(names: readonly string[], platform: string, reservedLength = 0): string | undefined {
  const rules = rulesByPlatform[platform] ?? linuxRules;
  for (const name of names) {
    const problem = checkName(name, rules);
    if (problem !== undefined) {
      return problem;
    }
  }
  const lastLength = rules.measure(names.at(-1) ?? "");
  const length = rules.measure(`/${names.join("/")}`) + Math.max(0, reservedLength - lastLength);
  if (length <= rules.pathLimit) {
    return undefined;
  }
  return rules.isWindows
    ? l10n.t(
        "The whole path is too long: {0} characters, and this system allows {1}. Choose a folder that is less deep.",
        length,
        rules.pathLimit,
      )
    : l10n.t(
        "The whole path is too long: {0} bytes, and this system allows {1}. Choose a folder that is less deep.",
        length,
        rules.pathLimit,
      );
}

/**
 * The tool that owns a folder, by the folder's name in lower case. It could delete pictures there,
 * or fail because of them.
 */
const toolFolders: Readonly<Record<string, string>> = {
  ".git": "Git",
  ".hg": "Mercurial",
  ".svn": "Subversion",
  ".bzr": "Bazaar",
  ".jj": "Jujutsu",
  _darcs: "Darcs",
  node_modules: "npm",
  ".yarn": "Yarn",
  ".vscode": "VS Code",
  ".idea": "JetBrains",
  ".venv": "Python",
  __pycache__: "Python",
};

/**
 * Folders of tools inside a folder that may hold pictures: README images are often in `.github`.
 */
const nestedToolFolders: Readonly<Record<string, string>> = {
  ".github/workflows": "GitHub Actions",
  ".github/actions": "GitHub Actions",
};

/**
 * A name as the most lenient file systems read it: case, invisible characters, a stream's name, and
 * dots and spaces at the end do not count, and `git~1` is the short name of `.git`. Source: Git's
 * own list, `is_ntfs_dotgit` and `is_hfs_dotgit`.
 */
const normalizeFolderName = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/:.*$/, "")
    .replace(/[. ]+$/, "")
    .replace(/^git~\d$/, ".git");

/**
 * Why no picture is saved into a folder: it, or one above it, belongs to a tool. `folders` are the
 * names from the workspace folder on.
 */
export function checkToolFolders(folders: readonly string[]): string | undefined {
  const names = folders.map(normalizeFolderName);
  for (const [index, name] of names.entries()) {
    const pair = `${names[index - 1]}/${name}`;
    const owner = Object.hasOwn(toolFolders, name)
      ? toolFolders[name]
      : Object.hasOwn(nestedToolFolders, pair)
        ? nestedToolFolders[pair]
        : undefined;
    if (owner !== undefined) {
      const folder = escapeInvisible(folders[index] ?? name);
      return l10n.t("“{0}” is a folder of {1}, so no picture is saved in it. Choose another folder.", folder, owner);
    }
  }
  return undefined;
}
