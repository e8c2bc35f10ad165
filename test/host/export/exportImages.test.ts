import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { commands, type Uri } from "vscode";
import { probe } from "../../../src/imaging/probe.ts";
import { greyPng, opaqueAlphaPng } from "../../support/greyPng.ts";
import { mountSmallDisk, mountUnavailableReason } from "../../support/smallDisk.ts";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, fileNamesIn, formatAndSize, freshFolder, readLogs, uriInWorkspace } from "../support/files.ts";
import { enter, enterUntilDone, escapeUntilDone, runUntilInput, typeText } from "../support/quickInput.ts";
import { recordRequests, setSetting } from "../support/testService.ts";

/** A new folder with pictures of these sizes, each named by its key. */
async function folderWith(pictures: Readonly<Record<string, readonly [number, number]>>) {
  const folder = freshFolder();
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  for (const [name, [width, height]] of Object.entries(pictures)) {
    await writeFile(uriInWorkspace(`${folder}/${name}`).fsPath, greyPng(width, height, 99));
  }
  return { folder, uri: (name: string): Uri => uriInWorkspace(`${folder}/${name}`) };
}

/** Exports files for a target, into the folder that is proposed first. */
async function exportFor(target: string, uris: readonly Uri[]): Promise<void> {
  const command = await runUntilInput("limn.exportImage", uris[0], uris);
  await typeText(target);
  await enterUntilDone(command);
}

/** Sides of the pictures in an ICO file, as its PNG files say. */
function icoSides(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: view.getUint16(4, true) }, (_, index) => {
    const offset = view.getUint32(6 + 16 * index + 12, true);
    return formatAndSize(bytes.subarray(offset, offset + view.getUint32(6 + 16 * index + 8, true)));
  });
}

describe("the export of images", () => {
  it("makes a file of exact pixels beside the image", async () => {
    const { folder, uri } = await folderWith({ "fox.png": [2720, 1536] });
    await exportFor("og:image", [uri("fox.png")]);
    assert.deepEqual(await fileNamesIn(folder), ["fox-og.jpg", "fox.png"]);
    assert.equal(formatAndSize(await bytesOf(uri("fox-og.jpg"))), "jpg 1200x630");
  });

  it("names the file as the image, also if that looks like a template", async () => {
    const { folder, uri } = await folderWith({ "{date}-{name}.png": [1200, 630] });
    await exportFor("og:image", [uri("{date}-{name}.png")]);
    assert.deepEqual(await fileNamesIn(folder), ["{date}-{name}-og.jpg", "{date}-{name}.png"]);
  });

  it("makes all files of a favicon set in the folder that is served from the site's root", async () => {
    const { folder, uri } = await folderWith({ "logo.png": [1024, 1024] });
    await writeFile(uri("package.json").fsPath, "{}");
    await mkdir(uri("public").fsPath);
    await exportFor("Favicon set", [uri("logo.png")]);
    const names = await fileNamesIn(`${folder}/public`);
    assert.deepEqual(names, [
      "apple-touch-icon.png",
      "favicon.ico",
      "icon-192.png",
      "icon-512-maskable.png",
      "icon-512.png",
      "site.webmanifest",
    ]);
    const sizes = names.filter((name) => name.endsWith(".png"));
    const shown = await Promise.all(sizes.map(async (name) => formatAndSize(await bytesOf(uri(`public/${name}`)))));
    assert.deepEqual(shown, ["png 180x180", "png 192x192", "png 512x512", "png 512x512"]);
    assert.deepEqual(icoSides(await bytesOf(uri("public/favicon.ico"))), ["png 16x16", "png 32x32", "png 48x48"]);
    const manifest = JSON.parse(await readFile(uri("public/site.webmanifest").fsPath, "utf8"));
    assert.equal(manifest.name, folder.split("/").at(-1));
  });

  it("offers to remove the background for a target that is made for transparency, and exports the result", async () => {
    const { folder, uri } = await folderWith({ "logo.png": [512, 512] });
    // Many programs save opaque images with an alpha channel.
    await writeFile(uri("logo.png").fsPath, opaqueAlphaPng(512, 512, 99));
    const command = await runUntilInput("limn.exportImage", uri("logo.png"));
    await typeText("VS Code extension icon");
    await enter();
    await typeText("Remove Background");
    await enterUntilDone(command);
    assert.deepEqual(await fileNamesIn(folder), ["logo-256.png", "logo-no-background.png", "logo.png"]);
    const icon = probe(await bytesOf(uri("logo-256.png")));
    assert.deepEqual(icon, { format: "PNG", width: 256, height: 256, hasAlpha: true });
  });

  it("offers no purchase for a picture that is too small for the target", async () => {
    const sent = recordRequests();
    const { folder, uri } = await folderWith({ "logo.png": [64, 64] });
    const { done } = await runUntilInput("limn.exportImage", uri("logo.png"));
    await typeText("VS Code extension icon");
    await enter();
    await done;
    assert.deepEqual([await fileNamesIn(folder), sent.requests("removeBackground")], [["logo.png"], []]);
  });

  it("names the file that a damaged picture would become, and offers no purchase for it", async () => {
    const sent = recordRequests();
    const { folder, uri } = await folderWith({});
    await writeFile(uri("logo.png").fsPath, opaqueAlphaPng(512, 512, 99).subarray(0, 60));
    await exportFor("VS Code extension icon", [uri("logo.png")]);
    const sentence = "logo-256.png was not exported, so nothing was changed. This picture is cut off or damaged";
    await waitUntil("the log says why", async () => (await readLogs()).includes(sentence));
    assert.deepEqual([await fileNamesIn(folder), sent.requests("removeBackground")], [["logo.png"], []]);
  });

  it("exports nothing if the background should be removed and that is canceled", async () => {
    const { folder, uri } = await folderWith({ "logo.png": [512, 512] });
    const command = await runUntilInput("limn.exportImage", uri("logo.png"));
    await typeText("VS Code extension icon");
    await enter();
    await typeText("Remove Background");
    await enter();
    await escapeUntilDone(command);
    assert.deepEqual(await fileNamesIn(folder), ["logo.png"]);
  });

  it("makes the files of several selected images at once", async () => {
    const { folder, uri } = await folderWith({ "a.png": [1920, 1080], "b.png": [2720, 1536] });
    await exportFor("Hero", [uri("a.png"), uri("b.png")]);
    assert.deepEqual(await fileNamesIn(folder), ["a-1920x1080.webp", "a.png", "b-1920x1080.webp", "b.png"]);
  });

  it("makes files of the pixels that the user types, for dense screens too", async () => {
    const { folder, uri } = await folderWith({ "fox.png": [400, 400] });
    const command = await runUntilInput("limn.exportImage", uri("fox.png"));
    await typeText("Other Size");
    await enter();
    await typeText("60x40 @2x");
    await enter();
    await enterUntilDone(command);
    assert.deepEqual(await fileNamesIn(folder), ["fox-60x40.png", "fox-60x40@2x.png", "fox.png"]);
    assert.equal(formatAndSize(await bytesOf(uri("fox-60x40@2x.png"))), "png 120x80");
  });

  it("removes the metadata of a photo, unless the setting keeps it, and turns it upright in both cases", async () => {
    const { uri } = await folderWith({});
    const photo = await bytesOf(uriInWorkspace("images/phone-photo.jpg"));
    const exportTo = async (folder: string): Promise<Buffer> => {
      await mkdir(uri(folder).fsPath);
      await writeFile(uri(`${folder}/photo.jpg`).fsPath, photo);
      await exportFor("AVIF", [uri(`${folder}/photo.jpg`)]);
      return Buffer.from(await bytesOf(uri(`${folder}/photo.avif`)));
    };
    const removed = await exportTo("removed");
    await setSetting("export.keepMetadata", true);
    const kept = await exportTo("kept");
    assert.deepEqual(
      [removed, kept].map((bytes) => [bytes.includes("Pocket Camera"), formatAndSize(bytes)]),
      [
        [false, "avif 900x1200"],
        [true, "avif 900x1200"],
      ],
    );
  });

  it("makes nothing of a picture that is too small, and says what it needs", async () => {
    const { folder, uri } = await folderWith({ "small.png": [640, 360] });
    const { done } = await runUntilInput("limn.exportImage", uri("small.png"));
    await typeText("og:image");
    await enter();
    await done;
    assert.deepEqual(await fileNamesIn(folder), ["small.png"]);
    const sentence = "small.png has 640 × 360 pixels, and og:image needs 1200 × 630. Limn never enlarges a picture.";
    await waitUntil("the log says why", async () => (await readLogs()).includes(sentence));
  });

  it("makes nothing of a file that is not a picture, nor of a GIF", async () => {
    const { folder, uri } = await folderWith({});
    await writeFile(uri("fake.png").fsPath, "not a picture");
    await writeFile(uri("loop.gif").fsPath, "GIF89a\x01\0\x01\0");
    for (const name of ["fake.png", "loop.gif"]) {
      await commands.executeCommand("limn.exportImage", uri(name));
      const sentence = `${name} is not a PNG, JPEG or WebP picture, so it was not exported.`;
      await waitUntil("the log says why", async () => (await readLogs()).includes(sentence));
    }
    assert.deepEqual(await fileNamesIn(folder), ["fake.png", "loop.gif"]);
  });

  (mountUnavailableReason === undefined ? it : it.skip)(
    "says before the export that a folder is read-only",
    async () => {
      const folder = freshFolder();
      const disk = mountSmallDisk(uriInWorkspace(folder).fsPath, 1_000_000);
      try {
        await writeFile(uriInWorkspace(`${folder}/fox.png`).fsPath, greyPng(1200, 630, 99));
        disk.setReadOnly(true);
        await exportFor("og:image", [uriInWorkspace(`${folder}/fox.png`)]);
        assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
        const sentence = `${folder} is read-only. Choose another folder.`;
        await waitUntil("the log says why", async () => (await readLogs()).includes(sentence));
      } finally {
        disk.unmount();
      }
    },
  );

  it("makes nothing before the user agrees to replace a file", async () => {
    const { folder, uri } = await folderWith({ "fox.png": [2720, 1536] });
    await writeFile(uri("fox-og.jpg").fsPath, "mine");
    await exportFor("og:image", [uri("fox.png")]);
    assert.equal(await readFile(uri("fox-og.jpg").fsPath, "utf8"), "mine");
    // A test window throws instead of showing a modal dialog; test/e2e tests the answers.
    const refused = new RegExp(`refused to show dialog in tests.*${folder}/fox-og\\.jpg exists\\. Replace it\\?`, "s");
    await waitUntil("the question was asked", async () => refused.test(await readLogs()));
  });
});
