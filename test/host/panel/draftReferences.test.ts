import assert from "node:assert/strict";
import type { Memento } from "vscode";
import { klingImage3 } from "../../../src/core/models/family.ts";
import type { Family, Model } from "../../../src/core/models/model.ts";
import { DraftReferences, referenceId } from "../../../src/host/panel/draft/draftReferences.ts";
import { draftReferencesKey } from "../../../src/host/storage/storagePaths.ts";
import type { Imaging } from "../../../src/imaging/imaging.ts";
import { uriInWorkspace } from "../support/files.ts";

/** A model that does not exist, and takes two small references. */
const swan: Model = {
  ...klingImage3,
  id: "acme:swan@1",
  references: { guaranteed: 2, max: 2, maxSide: 512, minSide: 600, maxAspect: 2.5, maxBytes: 1_000_000 },
};
const family: Family = [klingImage3, swan];

const stored = [
  ...["images/hut.png", "images/lake.webp"].map((path) => uriInWorkspace(path).toString()),
  ...["https://example.org/1.png", "https://example.org/2.png"],
];

const notUsed = async () => {
  throw new Error("This test does not use it.");
};
/** Makes each picture a square with the longest side that is allowed. */
const imaging: Imaging = {
  shrink: async ({ bytes, maxSide }) => ({
    bytes: new Uint8Array(bytes),
    format: "PNG",
    width: maxSide,
    height: maxSide,
  }),
  preview: notUsed,
  draw: notUsed,
  exportPicture: notUsed,
  findAttention: notUsed,
  isOpaque: notUsed,
  prepare: () => undefined,
  dispose: notUsed,
};
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** The references of a window whose settings name a model, on the state of its workspace. */
function openWindow(
  values: Map<string, unknown>,
  defaultModel: Model,
  thumbnails = { make: async () => undefined },
): DraftReferences {
  const state: Memento = {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key),
    update: async (key, value) => void values.set(key, value),
  };
  return new DraftReferences({ state, imaging, family, defaultModel: () => defaultModel, thumbnails, log });
}

const storedState = () => new Map<string, unknown>([[draftReferencesKey, stored.map((uri) => ({ uri }))]]);
const sources = ({ current }: DraftReferences) => current.references.map(({ source }) => source);
const sides = ({ current }: DraftReferences) => current.references.map(({ file }) => file?.pixels.width);

describe("The references of a draft", () => {
  it("are all restored and kept if the model of the settings allows fewer", async () => {
    const values = storedState();
    const references = openWindow(values, swan);
    assert.equal(references.unreadCount, stored.length);
    await references.restore();
    assert.equal(references.unreadCount, 0);
    assert.deepEqual(sources(references), stored);
    assert.deepEqual(references.storedUris, stored);
  });

  it("do not count as unread after a change that failed", async () => {
    const references = openWindow(storedState(), klingImage3);
    await assert.rejects(references.add([{ uri: uriInWorkspace("images/missing.jpg") }]));
    assert.equal(references.unreadCount, 0);
  });

  it("are kept if the first change after the start fails", async () => {
    const references = openWindow(storedState(), klingImage3);
    await assert.rejects(references.add([{ uri: uriInWorkspace("images/missing.jpg") }]));
    assert.deepEqual(sources(references), stored);
    const ridge = uriInWorkspace("images/ridge.jpg");
    await references.add([{ uri: ridge }]);
    assert.deepEqual(references.storedUris, [...stored, ridge.toString()]);
  });

  it("are restored and kept if no thumbnail can be written", async () => {
    const values = storedState();
    const references = openWindow(values, klingImage3, { make: () => Promise.reject(new Error("The disk is full.")) });
    await references.restore();
    await references.add([{ uri: uriInWorkspace("images/ridge.jpg") }]);
    assert.deepEqual(references.storedUris, [...stored, uriInWorkspace("images/ridge.jpg").toString()]);
  });

  it("are read again for the draft's model after they were read for a request to another", async () => {
    const references = openWindow(storedState(), klingImage3);
    await references.restore();
    for (const reference of references.current.references.slice(2)) {
      await references.remove(referenceId(reference));
    }
    await references.refresh(swan);
    await references.useModel(klingImage3);
    assert.deepEqual(sides(references), [2048, 2048]);
  });

  it("go by the draft's model, also in the next window", async () => {
    const values = storedState();
    const references = openWindow(values, swan);
    await references.useModel(klingImage3);
    assert.deepEqual(sides(references), [2048, 2048, undefined, undefined]);
    const next = openWindow(values, swan);
    await next.restore();
    assert.deepEqual(sides(next), [2048, 2048, undefined, undefined]);
  });

  it("go by the model that the form showed, also if the setting has changed since", async () => {
    const values = storedState();
    await openWindow(values, swan).useModel(swan);
    const next = openWindow(values, klingImage3);
    await next.restore();
    assert.deepEqual(sides(next), [512, 512, undefined, undefined]);
  });

  it("are read again by the limits of another model, with its notes, and none is lost", async () => {
    const references = openWindow(storedState(), klingImage3);
    await references.restore();
    assert.deepEqual(references.current.notes, []);
    let changes = 0;
    references.onChange(() => changes++);
    await references.useModel(swan);
    assert.deepEqual(sources(references), stored);
    assert.deepEqual(sides(references), [512, 512, undefined, undefined]);
    assert.match(references.current.notes.join(" "), /hut\.png is smaller than 600 px/);
    assert.equal(changes, 1);
    await references.useModel(swan);
    assert.equal(changes, 1);
  });

  it("can be removed one by one until the model allows the rest, and only then be sent", async () => {
    const references = openWindow(storedState(), klingImage3);
    await references.useModel(swan);
    const tooMany = { kind: "reference", field: "references", message: /at most 2 different ones/ };
    await assert.rejects(references.refresh(swan), tooMany);
    await assert.rejects(references.add([{ uri: uriInWorkspace("images/ridge.jpg") }]), tooMany);
    assert.deepEqual(sources(references), stored);
    for (const reference of references.current.references.slice(2)) {
      await references.remove(referenceId(reference));
    }
    assert.deepEqual(sources(references), stored.slice(0, 2));
    assert.equal((await references.refresh(swan)).references.length, 2);
  });
});
