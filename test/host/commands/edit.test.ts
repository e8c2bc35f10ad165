import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extensions } from "vscode";
import { family, klingImage3 } from "../../../src/core/models/family.ts";
import { describeReferences, loadReferences } from "../../../src/host/request/references.ts";
import { createImaging, type Imaging } from "../../../src/imaging/imaging.ts";
import { greyPng } from "../../support/greyPng.ts";
import { edit, fastOptions, generate, rejectionMessage } from "../support/commands.ts";
import { bytesOf, describeFile, formatAndSize, freshFolder, uriInWorkspace } from "../support/files.ts";
import { recordRequests, type SentTask } from "../support/testService.ts";

const nightArgument = (references: readonly unknown[]) => ({
  ...fastOptions,
  prompt: "At night",
  references,
  path: `${freshFolder()}/night.png`,
});

let cachedImaging: Imaging | undefined;
/** Limn's image library, from the built extension. */
function imaging(): Imaging {
  const folder = extensions.getExtension("limn.limn")?.extensionUri.fsPath ?? "";
  cachedImaging ??= createImaging({ processPath: join(folder, "dist", "imaging-process.js") });
  return cachedImaging;
}
after(async () => cachedImaging?.dispose());

/** Returns the reference images as Limn sent them. */
function sentImages([task]: readonly SentTask[]): readonly Buffer[] {
  return (task?.inputs?.referenceImages ?? []).map((image) => {
    assert.match(image, /^data:image\/(png|jpeg);base64,/);
    return Buffer.from(image.slice(image.indexOf(",") + 1), "base64");
  });
}

/** Writes pictures in different shades of grey and returns their paths. */
async function writeGreyPictures(count: number): Promise<readonly string[]> {
  const folder = freshFolder();
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const path = `${folder}/grey-${index}.png`;
      await writeFile(uriInWorkspace(path).fsPath, greyPng(300, 300, index * 10));
      return path;
    }),
  );
}

describe("limn.edit with an argument", () => {
  it("sends the references in the given order, as paths, URIs or texts of URIs", async () => {
    const sent = recordRequests();
    const { files, cost } = await edit(
      nightArgument(["images/ridge.jpg", uriInWorkspace("images/hut.png"), String(uriInWorkspace("images/lake.webp"))]),
    );
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["night.png: png 1024x1024"]);
    assert.equal(cost, 0.028);
    assert.deepEqual(sentImages(sent.tasks()).map(formatAndSize), ["jpg 1600x1067", "png 1000x760", "jpg 1200x800"]);
  });

  it("sends a photo upright and without metadata", async () => {
    const original = Buffer.from(await bytesOf(uriInWorkspace("images/phone-photo.jpg")));
    assert.ok(original.includes("Exif"), "the sample photo has lost its metadata");
    const sent = recordRequests();
    await edit(nightArgument(["images/phone-photo.jpg"]));
    const [image] = sentImages(sent.tasks());
    assert.ok(image);
    assert.equal(formatAndSize(image), "jpg 900x1200");
    for (const trace of ["Exif", "http://ns.adobe.com/xap", "ICC_PROFILE", "Photoshop"]) {
      assert.ok(!image.includes(trace), `${trace} left the machine`);
    }
  });

  it("sends a duplicate picture once", async () => {
    const sent = recordRequests();
    await edit(nightArgument(["images/hut.png", "images/../images/hut.png", uriInWorkspace("images/hut.png")]));
    assert.equal(sentImages(sent.tasks()).length, 1);
  });

  it("uses the shape of the first reference with a resolution, and the service's with neither", async () => {
    const shapes = [{ resolution: "2k" }, { resolution: "1k" }, {}] as const;
    const sent = recordRequests();
    const made: string[] = [];
    for (const shape of shapes) {
      const { files } = await edit({
        prompt: "At night",
        references: ["images/ridge.jpg", "images/phone-photo.jpg"],
        deliveryMethod: "sync",
        path: `${freshFolder()}/a.jpg`,
        ...shape,
      });
      made.push(...(await Promise.all(files.map(describeFile))));
    }
    assert.deepEqual(made, ["a.jpg: jpg 2496x1664", "a.jpg: jpg 1248x832", "a.jpg: jpg 1248x832"]);
    assert.deepEqual(
      sent.tasks().map(({ width, resolution }) => [width, resolution]),
      [
        [undefined, "2k"],
        [undefined, "1k"],
        [undefined, undefined],
      ],
    );
  });

  it("decodes a picture once, even if it has many files and URIs", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const names = Array.from({ length: 250 }, (_, index) => `${folder}/copy-${index}.png`);
    await Promise.all(names.map((name) => writeFile(uriInWorkspace(name).fsPath, greyPng(300, 300, 77))));
    const files = [...names, ...names].map((name) => uriInWorkspace(name));
    let decoded = 0;
    const counting: Imaging = {
      ...imaging(),
      shrink: (order) => {
        decoded++;
        return imaging().shrink(order);
      },
    };
    const { references, notes } = await loadReferences(files, counting, klingImage3);
    assert.deepEqual([decoded, references.length], [1, 1]);
    assert.deepEqual(notes, ["499 images are the same pictures as others and were left out."]);
  });

  it("describes what it sends, and warns above the number of pictures that the model surely accepts", async () => {
    const [, o1] = family;
    const loaded = await loadReferences(
      [uriInWorkspace("images/ridge.jpg"), uriInWorkspace("images/hut.png")],
      imaging(),
      o1,
    );
    assert.match(describeReferences(loaded, o1), /^Sends 2 reference images: [\d.]+ MB, without metadata\.$/);
    assert.match(
      describeReferences(loaded, klingImage3),
      /without metadata\. The service does not say how many reference images Kling IMAGE 3\.0 accepts: more than 1 may be refused\.$/,
    );
  });

  it("refuses too many pictures before it has read them all", async () => {
    const sent = recordRequests();
    const references = [...(await writeGreyPictures(11)), "images/none.png"];
    assert.match(
      await rejectionMessage(edit(nightArgument(references))),
      /^Too many reference images: this model takes at most 10/,
    );
    assert.equal(sent.requests().length, 0);
  });

  it("reads .jfif and .jpe files as JPEG, and saves at such a path as it is typed", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const photo = await bytesOf(uriInWorkspace("images/ridge.jpg"));
    await writeFile(uriInWorkspace(`${folder}/ridge.JFIF`).fsPath, photo);
    await writeFile(
      uriInWorkspace(`${folder}/hut.jpe`).fsPath,
      await bytesOf(uriInWorkspace("images/phone-photo.jpg")),
    );
    const sent = recordRequests();
    const { files } = await edit({
      ...nightArgument([`${folder}/ridge.JFIF`, `${folder}/hut.jpe`]),
      path: `${folder}/a.jfif`,
    });
    assert.deepEqual(sentImages(sent.tasks()).map(formatAndSize), ["jpg 1600x1067", "jpg 900x1200"]);
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["a.jfif: jpg 1024x1024"]);
  });

  it("accepts ten references", async () => {
    const sent = recordRequests();
    await edit(nightArgument(await writeGreyPictures(10)));
    assert.equal(sentImages(sent.tasks()).length, 10);
  });

  it("accepts references in limn.generate as well", async () => {
    const sent = recordRequests();
    await generate(nightArgument(["images/lake.webp"]));
    assert.deepEqual(sentImages(sent.tasks()).map(formatAndSize), ["jpg 1200x800"]);
  });

  for (const [what, references, sentence] of [
    [
      "an SVG",
      async () => ["images/logo.svg"],
      "images/logo.svg cannot be a reference image: Limn reads PNG, JPEG and WebP files. Convert it first.",
    ],
    [
      "a missing file",
      async () => ["images/none.png"],
      "images/none.png could not be read. Check that the file is still there.",
    ],
    [
      "a path out of the workspace",
      async () => ["../secret.png"],
      "“../secret.png” leads out of the workspace folder.",
    ],
    [
      "eleven images",
      () => writeGreyPictures(11),
      "Too many reference images: this model takes at most 10 different ones. Choose fewer.",
    ],
    ["no image", async () => [], "There is no image to edit. Give at least one in “references”."],
  ] as const) {
    it(`refuses ${what}, before anything is sent`, async () => {
      const sent = recordRequests();
      assert.equal(await rejectionMessage(edit(nightArgument(await references()))), sentence);
      assert.equal(sent.requests().length, 0);
    });
  }

  it("refuses a file that is not the picture its name promises", async () => {
    const path = `${freshFolder()}/text.png`;
    await mkdir(uriInWorkspace(`${path}/..`).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(path).fsPath, "This is no picture.");
    const sent = recordRequests();
    assert.match(await rejectionMessage(edit(nightArgument([path]))), new RegExp(`^${path}: [A-Z].*\\.$`));
    assert.equal(sent.requests().length, 0);
  });

  it("rejects without a question if the prompt is missing", async () => {
    assert.match(await rejectionMessage(edit({ references: ["images/hut.png"] })), /“prompt” is missing/);
  });
});
