/** Words that this code base does not use, and what to write instead. */
export interface ForbiddenWords {
  /**
   * Lower case, words apart. As a name, `a b` also stands for `aB`, `AB`, `a-b` and `xABy`. The plural
   * with “s” or “es” is forbidden too.
   */
  readonly terms: readonly string[];
  /** The term to use. */
  readonly use: string;
  /**
   * `part`: a part of a name in the code, or of a file's or folder's name. `name`: such a whole name,
   * since the word is an ordinary one. `type`: the last word of a name that starts with a capital.
   * `prose`: a comment, a text in the code, or a page of Markdown. `everywhere`: `part` and
   * `prose`.
   */
  readonly where: "everywhere" | "name" | "part" | "prose" | "type";
}

/** `npm run check` fails on each of these. It prints the place and the term to use. */
export const forbiddenWords: readonly ForbiddenWords[] = [
  { terms: ["take turns"], use: "yieldToEventLoop", where: "part" },
  { terms: ["absorb", "absorbs", "absorbed"], use: "applyUpdate, or “takes up”", where: "everywhere" },
  { terms: ["way out"], use: "symlinkEscape", where: "part" },
  { terms: ["leash"], use: "childGuard", where: "everywhere" },
  { terms: ["trail"], use: "FollowContext", where: "name" },
  { terms: ["desk"], use: "PanelContext", where: "name" },
  { terms: ["wholeness"], use: "completeness", where: "everywhere" },
  { terms: ["conceal", "conceals", "concealed"], use: "redact", where: "everywhere" },
  { terms: ["crowd"], use: "competingProcesses", where: "part" },
  { terms: ["patience"], use: "idleTimeout", where: "everywhere" },
  { terms: ["alarm"], use: "timer", where: "everywhere" },
  { terms: ["refuge"], use: "fallbackFolder", where: "everywhere" },
  { terms: ["rescue", "rescued"], use: "fallbackPath, or “in the fallback folder”", where: "everywhere" },
  { terms: ["litter"], use: "staleTempFiles", where: "everywhere" },
  { terms: ["foresee", "foresees", "foreseen"], use: "previewSavePath", where: "everywhere" },
  { terms: ["open house"], use: "setUp", where: "part" },
  { terms: ["mortal"], use: "crashingPorts", where: "everywhere" },
  { terms: ["errand"], use: "context", where: "everywhere" },
  { terms: ["surroundings"], use: "context", where: "everywhere" },
  { terms: ["standing"], use: "jobStatus", where: "part" },
  { terms: ["spot"], use: "saveLocation", where: "part" },
  { terms: ["world"], use: "createServices, or context", where: "part" },
  { terms: ["hear", "say", "tell"], use: "on…, notify or return", where: "part" },
  { terms: ["front"], use: "faultProxy", where: "name" },
  { terms: ["room"], use: "context, or page", where: "name" },
  { terms: ["question"], use: "query", where: "type" },
  { terms: ["desk", "room", "trail", "part", "need"], use: "…Context or …Deps", where: "type" },
  { terms: ["fact"], use: "the standard term, such as …Header or …Metadata", where: "type" },
  { terms: ["borne"], use: "accepted", where: "prose" },
  { terms: ["somebody", "nobody", "whoever"], use: "the user, or another program", where: "prose" },
  { terms: ["a person", "people"], use: "the user", where: "prose" },
  { terms: ["anew"], use: "again", where: "prose" },
  { terms: ["mended"], use: "fixed, or restored", where: "prose" },
  { terms: ["told", "tell", "tells"], use: "“reports”, “shows”, or “distinguishes”", where: "prose" },
  { terms: ["says so", "said so"], use: "“explains that”, or what it says", where: "prose" },
  { terms: ["hears"], use: "“is notified”, or “announces”", where: "prose" },
  { terms: ["dearest"], use: "most expensive", where: "prose" },
  { terms: ["dies"], use: "“crashes”, or “ends”", where: "prose" },
  { terms: ["slip of the hand"], use: "accident", where: "prose" },
  { terms: ["had by"], use: "“is available with”", where: "prose" },
  { terms: ["taken up"], use: "“is resumed”", where: "prose" },
  { terms: ["of its own"], use: "“its own …”", where: "prose" },
  { terms: ["by itself"], use: "automatically, or “itself”", where: "prose" },
  { terms: ["too dear"], use: "too expensive", where: "prose" },
  { terms: ["under way"], use: "running", where: "prose" },
  { terms: ["everybody", "anybody"], use: "the user, or all users", where: "prose" },
  { terms: ["stands still", "stand still"], use: "“does not change”", where: "prose" },
  { terms: ["at hand"], use: "available", where: "prose" },
  { terms: ["so many"], use: "“as many”, or the number", where: "prose" },
  { terms: ["begun"], use: "started", where: "prose" },
  { terms: ["rubbish"], use: "garbage", where: "prose" },
  { terms: ["bad day", "crowds"], use: "“with faults”, or “concurrent jobs”", where: "prose" },
  { terms: ["bring home", "brings home", "brought home"], use: "“downloads”, or “restores”", where: "prose" },
  {
    terms: ["hand out", "hands out", "handed out", "hand over", "hands over", "handed over"],
    use: "“exports”, or “returns”",
    where: "prose",
  },
  { terms: ["put away", "puts away"], use: "“discards”", where: "prose" },
  { terms: ["deals out"], use: "“serves”", where: "prose" },
  { terms: ["let go", "lets go"], use: "“releases”, or “closes”", where: "prose" },
  { terms: ["write down", "writes down"], use: "“stores”, or “records”", where: "prose" },
  { terms: ["takes notice"], use: "“is called”, or “reads”", where: "prose" },
  { terms: ["for ever"], use: "“permanently”", where: "prose" },
  { terms: ["foreign"], use: "“of another program”, “external”, or “untrusted”", where: "prose" },
  { terms: ["heard"], use: "“received”, or “notified”", where: "everywhere" },
  { terms: ["trouble"], use: "error, or fault", where: "everywhere" },
  { terms: ["speak", "speaks", "spoken"], use: "“uses”, or “announces”", where: "prose" },
  { terms: ["pays for"], use: "“costs”, or what the code does", where: "prose" },
  { terms: ["gone on"], use: "“continued”", where: "prose" },
];
