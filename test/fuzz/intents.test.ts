import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filters } from "../../src/core/sheet/filters.ts";
import { manyActions } from "../../src/core/sheet/manyPictures.ts";
import {
  type CopyPageState,
  type CropPageIntent,
  type Intent,
  type LightTableIntent,
  parseCopyPageState,
  parseCropPageIntent,
  parseDraggedPicture,
  parseIntent,
  parseLightTableIntent,
} from "../../src/protocol.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";

const id = fc.uuid();
const ref = { job: id, picture: id };
const anyText = fc.string({ unit: "grapheme" });
const draft = fc.record(
  {
    prompt: anyText,
    shape: fc.oneof(
      fc.record({ width: fc.integer(), height: fc.integer() }),
      fc.record({ resolution: fc.constantFrom("1k", "2k", "4k") }),
    ),
    count: fc.integer(),
    format: fc.constantFrom("JPG", "PNG", "WEBP"),
    quality: fc.integer(),
    path: anyText,
    safety: fc.constantFrom("off", "fast"),
    model: anyText,
    exportTarget: anyText,
    hint: fc.boolean(),
  },
  { requiredKeys: [] },
);

const share = fc.double({ min: 0, max: 1, noNaN: true });

const rows = fc.integer({ min: 1, max: 200 });

/** The fields of each intent. */
const fields = {
  ready: {},
  command: {
    command: fc.constantFrom(
      "setApiKey",
      "checkKey",
      "makeDraft",
      "useRunware",
      "getKey",
      "showLog",
      "settings",
      "delivery",
    ),
  },
  generate: { press: id, draft },
  previewPath: { draft },
  keepDraft: { draft, changedAt: fc.maxSafeInteger() },
  dismissError: {},
  addReferences: {},
  dropUris: { list: anyText },
  dropImage: { name: fc.string({ maxLength: 255 }), bytes: fc.uint8Array() },
  moveReference: { id, to: fc.nat(20) },
  removeReference: { id },
  stopWaiting: { job: id },
  addRemoteReference: {},
  withdraw: { job: id },
  copyTaskUuid: { job: id },
  checkAgain: { job: id },
  tryAgain: { press: id, job: id },
  makeUnmade: { press: id, job: id },
  dismissUnmade: { job: id },
  forget: { job: id },
  reuse: { job: id },
  keep: ref,
  keepAs: ref,
  replace: ref,
  open: ref,
  makeMore: { press: id, job: id, in2k: fc.boolean() },
  openKept: { ...ref, index: fc.nat() },
  compare: { ...ref, with: fc.record(ref), otherwise: fc.record(ref) },
  insertLink: ref,
  useAsReference: ref,
  copy: { ...ref, what: fc.constantFrom("prompt", "seed", "imageUuid", "taskUuid", "curl", "typescript") },
  star: { ...ref, starred: fc.boolean() },
  moveCrop: { ...ref, focus: fc.record({ x: share, y: share }) },
  exportAgain: ref,
  copyImage: { ...ref, failure: fc.constantFrom("refused", "failed") },
  discard: ref,
  actOnMany: {
    action: fc.constantFrom(...manyActions),
    pictures: fc.array(fc.record(ref), { minLength: 1, maxLength: 9 }),
  },
  undoDiscard: {},
  restore: ref,
  cleanUp: {},
  measureVault: {},
  showSheet: {
    queryNumber: fc.nat(),
    text: anyText,
    filter: fc.constantFrom(...filters),
    everywhere: fc.boolean(),
    columns: rows,
    first: fc.nat(),
    count: rows,
    anchor: fc.record(ref),
    selected: fc.record({ ...ref, tile: fc.nat() }),
    marked: fc.record(ref),
  },
  findPrompts: { search: anyText },
  usePrompt: { id },
  savePrompt: { text: anyText },
  renamePrompt: { id },
  deletePrompt: { id },
} as const satisfies Readonly<Record<Intent["type"], Readonly<Record<string, fc.Arbitrary<unknown>>>>>;

/** The fields of each intent of the light table. */
const tableFields = {
  ready: {},
  keep: fields.keep,
  replace: fields.replace,
  compare: fields.compare,
  openKept: fields.openKept,
  insertLink: fields.insertLink,
  useAsReference: fields.useAsReference,
  star: fields.star,
  moveCrop: fields.moveCrop,
  exportAgain: fields.exportAgain,
  copyImage: fields.copyImage,
  discard: fields.discard,
  restore: fields.restore,
  show: ref,
  findCrop: ref,
  stopComparing: {},
  close: {},
} as const satisfies Readonly<Record<LightTableIntent["type"], Readonly<Record<string, fc.Arbitrary<unknown>>>>>;

/** The fields of each message of the page that moves the crop of a file. */
const cropFields = {
  ready: {},
  use: {},
  cancel: {},
  moveCrop: { focus: fields.moveCrop.focus },
} as const satisfies Readonly<Record<CropPageIntent["type"], Readonly<Record<string, fc.Arbitrary<unknown>>>>>;

/** What the page that copies a file may report. */
const copyStates: readonly CopyPageState[] = ["ready", "copied", "failed"];

type MessageObject = Readonly<Record<string, unknown>>;

const messagesOf = (intents: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>>) =>
  fc.oneof(...Object.entries(intents).map(([type, more]) => fc.record({ type: fc.constant(type), ...more })));

/** Valid messages of the panel's page. */
const validMessage: fc.Arbitrary<MessageObject> = messagesOf(fields);
/** Valid messages of the light table's page. */
const validTableMessage: fc.Arbitrary<MessageObject> = messagesOf(tableFields);

/** Valid messages of the page that moves the crop of a file. */
const validCropMessage: fc.Arbitrary<MessageObject> = messagesOf(cropFields);

/** Keys that a malicious page could send. */
const keys = fc.constantFrom(
  "path",
  "uri",
  "file",
  "__proto__",
  "constructor",
  "toString",
  "type",
  "job",
  "id",
  "command",
);
const hostile = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withTypedArray: true, withMap: true }),
  fc.constantFrom(
    "../../etc/passwd",
    "file:///etc/passwd",
    "a/b",
    "a\\b",
    "a\u0000b",
    "",
    "x".repeat(81),
    -1,
    1e9,
    null,
  ),
);

/** Intents with one value changed, removed or added, at the top or one level below. */
const nearMiss = fc
  .record({
    intent: fc.oneof(validMessage, validTableMessage, validCropMessage),
    deep: fc.boolean(),
    how: fc.constantFrom("change", "drop", "add"),
    at: fc.nat(),
    key: keys,
    value: hostile,
  })
  .map(({ intent, deep, how, at, key, value }) => {
    const mutate = (original: MessageObject): MessageObject => {
      const known = Object.keys(original);
      const name = how === "add" ? key : (known[at % known.length] ?? key);
      const rest = Object.entries(original).filter(([other]) => other !== name);
      return Object.fromEntries(how === "drop" ? rest : [...rest, [name, value]]);
    };
    const inner = Object.entries(intent).find(([, part]) => typeof part === "object" && !(part instanceof Uint8Array));
    return deep && inner !== undefined ? { ...intent, [inner[0]]: mutate(Object(inner[1])) } : mutate(intent);
  });

/** Returns every string in a message, with its key. */
const textsIn = (value: unknown, key = ""): readonly (readonly [key: string, text: string])[] => {
  if (typeof value === "string") return [[key, value]];
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([name, part]) => textsIn(part, name));
};

/**
 * Keys of text that the host checks: the user types or drops it, or it names a model, perhaps an
 * unknown one of another version. All others are identifiers.
 */
const freeTextKeys: ReadonlySet<string> = new Set([
  "prompt",
  "path",
  "list",
  "name",
  "text",
  "search",
  "model",
  "exportTarget",
]);

function expectSafe(intent: MessageObject | undefined, known: MessageObject | undefined): void {
  if (intent === undefined || known === undefined) return;
  expect(Object.keys(intent).filter((key) => key !== "type" && !Object.hasOwn(known, key))).toEqual([]);
  for (const [key, text] of textsIn(intent)) {
    if (!freeTextKeys.has(key)) expect(text).toMatch(/^[\w-]{1,80}$/);
  }
}

describe("A message from the page", () => {
  it("is accepted if it is valid", () => {
    fc.assert(
      fc.property(validMessage, (message) => {
        expect(parseIntent(message)).toEqual(message);
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("of the light table is accepted if it is valid", () => {
    fc.assert(
      fc.property(validTableMessage, (message) => {
        expect(parseLightTableIntent(message)).toEqual(message);
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("of the pages of one file is accepted if it is valid", () => {
    fc.assert(
      fc.property(validCropMessage, (message) => {
        expect(parseCropPageIntent(message)).toEqual(message);
      }),
      { numRuns: fuzzRuns },
    );
    expect(parseCropPageIntent({ type: "moveCrop" })).toEqual({ type: "moveCrop" });
    expect(copyStates.map(parseCopyPageState)).toEqual(copyStates);
  });

  it("of the pages of one file is one of theirs, with a focus in the picture, or is dropped", () => {
    fc.assert(
      fc.property(fc.oneof(nearMiss, hostile, fc.jsonValue()), (message) => {
        const intent: MessageObject | undefined = parseCropPageIntent(message);
        const { type = "ready", focus, ...others } = intent ?? {};
        expect([Object.keys(cropFields).includes(String(type)), others]).toEqual([true, {}]);
        for (const value of Object.values(focus ?? {})) expect(value >= 0 && value <= 1).toBe(true);
        expect([undefined, ...copyStates]).toContain(parseCopyPageState(message));
      }),
      { numRuns: fuzzRuns },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -0.1, 1.1, "0.5", null])(
    "that moves a crop to %s is dropped by every page",
    (x) => {
      const moved = { type: "moveCrop", focus: { x, y: 0.5 } };
      expect(parseCropPageIntent(moved)).toBeUndefined();
      expect(parseLightTableIntent({ ...moved, job: "a", picture: "b" })).toBeUndefined();
    },
  );

  it("is an intent with only identifiers and typed text, or is dropped", () => {
    fc.assert(
      fc.property(fc.oneof(nearMiss, hostile, fc.jsonValue()), (message) => {
        const [intent, tableIntent] = [parseIntent(message), parseLightTableIntent(message)];
        expectSafe(intent, intent && fields[intent.type]);
        expectSafe(tableIntent, tableIntent && tableFields[tableIntent.type]);
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("is dropped if it has an extra key", () => {
    const added = fc.tuple(validMessage, fc.constantFrom("path", "uri", "file", "extra"), hostile);
    fc.assert(
      fc.property(added, ([intent, key, value]) => {
        fc.pre(!Object.hasOwn(intent, key));
        expect(parseIntent({ ...intent, [key]: value })).toBeUndefined();
      }),
      { numRuns: fuzzRuns },
    );
  });

  it("of a drag names job and picture, or is dropped", () => {
    const drag = fc.oneof(fc.record(ref), fc.record({ ...ref, path: hostile }), hostile);
    fc.assert(
      fc.property(drag, (value) => {
        const dragged = parseDraggedPicture(value);
        if (dragged !== undefined) expect(Object.keys(dragged).sort()).toEqual(["job", "picture"]);
        for (const [, text] of textsIn(dragged)) expect(text).toMatch(/^[\w-]{1,80}$/);
      }),
      { numRuns: fuzzRuns },
    );
  });
});
