import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { ConfigurationTarget, Uri, window, workspace } from "vscode";
import { fastOptions, generate, rejectionMessage, waitUntil } from "../support/commands.ts";
import {
  bytesOf,
  describeFile,
  fileNamesIn,
  filesBelow,
  formatAndSize,
  freshFolder,
  uriInWorkspace,
  vaultFolder,
} from "../support/files.ts";
import { recordRequests, setSetting } from "../support/testService.ts";

/** All sizes of the model. Source: the model's page. */
const sizes = [
  ...["1024x1024", "1248x832", "832x1248", "1168x880", "880x1168", "768x1360", "1360x768", "1552x656"],
  ...["2048x2048", "2496x1664", "1664x2496", "2336x1760", "1760x2336", "1536x2720", "2720x1536", "3104x1312"],
] as const;

describe("limn.generate with an argument", () => {
  it("saves a picture at the path and returns its cost", async () => {
    const folder = freshFolder();
    const result = await generate({ prompt: "A red fox", size: "1360x768", path: `${folder}/fox.png` });
    assert.deepEqual(result, { files: [uriInWorkspace(`${folder}/fox.png`).toString()], cost: 0.028 });
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/fox.png`))), "png 1360x768");
  });

  it("sends a {variable} unchanged and does not ask for its value", async () => {
    const sent = recordRequests();
    await generate({ ...fastOptions, prompt: "A sign that reads {thing}", path: `${freshFolder()}/sign` });
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      ["A sign that reads {thing}"],
    );
  });

  it("uses the model of the argument, or else the model of the settings", async () => {
    const sent = recordRequests();
    const folder = freshFolder();
    const o3 = "klingai:kling-image@o3";
    const named = await generate({
      ...fastOptions,
      prompt: "A heron",
      model: o3,
      size: "4096x4096",
      path: `${folder}/a.jpg`,
    });
    assert.deepEqual([named.cost, await Promise.all(named.files.map(describeFile))], [0.056, ["a.jpg: jpg 4096x4096"]]);
    await setSetting("model", "klingai:kling-image@o1");
    await generate({ ...fastOptions, prompt: "A heron", path: `${folder}/b.jpg` });
    assert.deepEqual(
      sent.tasks().map(({ model }) => model),
      [o3, "klingai:kling-image@o1"],
    );
    assert.match(
      await rejectionMessage(
        generate({ ...fastOptions, prompt: "A heron", model: "acme:swan@1", path: `${folder}/c` }),
      ),
      /does not know the model “acme:swan@1”/,
    );
  });

  it("names the setting if it names an unknown model, and sends nothing", async () => {
    const sent = recordRequests();
    await setSetting("model", "acme:swan@1");
    const message = await rejectionMessage(generate({ ...fastOptions, prompt: "A heron", path: `${freshFolder()}/a` }));
    assert.equal(
      message,
      "Limn does not know the model “acme:swan@1” of the setting “limn.model”. Correct the setting.",
    );
    assert.equal(sent.requests("imageInference").length, 0);
  });

  it("never takes a setting of another type for the default model", async () => {
    const sent = recordRequests();
    for (const [value, shown] of [
      [3, "3"],
      [true, "true"],
      [["klingai:kling-image@3"], '["klingai:kling-image@3"]'],
      [{ id: 3 }, '{"id":3}'],
    ] as const) {
      await workspace.getConfiguration("limn").update("model", value, ConfigurationTarget.Global);
      const message = await rejectionMessage(
        generate({ ...fastOptions, prompt: "A heron", path: `${freshFolder()}/a` }),
      );
      assert.equal(
        message,
        `Limn does not know the model “${shown}” of the setting “limn.model”. Correct the setting.`,
      );
    }
    await setSetting("model", undefined);
    assert.equal(sent.requests("imageInference").length, 0);
  });

  it("saves every size of the model with exact dimensions", async () => {
    const folder = freshFolder();
    const made = await Promise.all(
      sizes.map(async (size) => {
        const { files } = await generate({ ...fastOptions, prompt: "A hill", size, path: `${folder}/${size}.jpg` });
        return Promise.all(files.map(describeFile));
      }),
    );
    assert.deepEqual(
      made,
      sizes.map((size) => [`${size}.jpg: jpg ${size}`]),
    );
  }).timeout(90_000);

  for (const [what, argument, expected] of [
    ["the path's extension", { path: "a.png" }, "a.png: png 1024x1024"],
    ["a capital extension, as it is spelled", { path: "a.WEBP" }, "a.WEBP: webp 1024x1024"],
    ["a jpeg extension, as it is spelled", { path: "a.jpeg" }, "a.jpeg: jpg 1024x1024"],
    ["`format`", { path: "a", format: "webp" }, "a.webp: webp 1024x1024"],
    ["`format` in capitals", { path: "a", format: "PNG" }, "a.png: png 1024x1024"],
    ["`format` and an extension that agree", { path: "a.jpeg", format: "JPG" }, "a.jpeg: jpg 1024x1024"],
    ["the setting, JPEG by default", { path: "a" }, "a.jpg: jpg 1024x1024"],
  ] as const) {
    it(`uses the format of ${what}`, async () => {
      const { files } = await generate({
        ...fastOptions,
        prompt: "A door",
        ...argument,
        path: `${freshFolder()}/${argument.path}`,
      });
      assert.deepEqual(await Promise.all(files.map(describeFile)), [expected]);
    });
  }

  it("refuses a format and an extension that differ, before anything is sent", async () => {
    const sent = recordRequests();
    const message = await rejectionMessage(
      generate({ ...fastOptions, prompt: "A door", path: "a.png", format: "jpg" }),
    );
    assert.equal(message, "The file name ends in .png, but the format is JPG. Change one of them.");
    assert.equal(sent.requests().length, 0);
  });

  it("adds a number to a name that is taken, and does not overwrite the file", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/fox.png`).fsPath, "mine");
    await mkdir(uriInWorkspace(`${folder}/fox-2.png`).fsPath);
    const { files } = await generate({ ...fastOptions, prompt: "A fox", path: `${folder}/fox.png` });
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["fox-3.png: png 1024x1024"]);
    assert.equal(Buffer.from(await bytesOf(uriInWorkspace(`${folder}/fox.png`))).toString(), "mine");
    assert.deepEqual(await fileNamesIn(folder), ["fox-2.png", "fox-3.png", "fox.png"]);
  });

  it("saves all pictures of a request, each different", async () => {
    const folder = freshFolder();
    const { files, cost } = await generate({ prompt: "A fox", size: "1024x1024", count: 3, path: `${folder}/fox` });
    assert.deepEqual(
      files.map((file) => basename(file)),
      ["fox.jpg", "fox-2.jpg", "fox-3.jpg"],
    );
    assert.equal(cost, 0.084);
    const contents = await Promise.all(files.map(async (file) => Buffer.from(await bytesOf(file)).toString("base64")));
    assert.equal(new Set(contents).size, 3);
  });

  it("saves the finished pictures if some fail, and returns their cost", async () => {
    const folder = freshFolder();
    const prompt = "A fox [sandbox:fail=1 error=timeoutProvider]";
    const { files, cost } = await generate({ ...fastOptions, prompt, count: 3, path: `${folder}/fox` });
    assert.deepEqual([files.length, (await fileNamesIn(folder)).length, cost], [2, 2, 0.056]);
  });

  it("fills in a name template", async () => {
    const folder = freshFolder();
    const path = `${folder}/{slug}_{ratio}_{width}x{height}_{n}.png`;
    const { files } = await generate({ prompt: "A Red Fox, in Snow!", size: "1552x656", count: 2, path });
    assert.deepEqual(
      files.map((file) => basename(file)),
      ["a-red-fox-in-snow_21x9_1552x656_1.png", "a-red-fox-in-snow_21x9_1552x656_2.png"],
    );
  });

  it("uses the file name of the settings for a folder, and the folder of the settings without a path", async () => {
    const [one, two] = [freshFolder(), freshFolder()];
    await setSetting("fileName", "{slug}-{height}");
    await setSetting("folder", two);
    await generate({ ...fastOptions, prompt: "An owl", path: `${one}/` });
    await generate({ ...fastOptions, prompt: "An owl" });
    assert.deepEqual([await fileNamesIn(one), await fileNamesIn(two)], [["an-owl-1024.jpg"], ["an-owl-1024.jpg"]]);
  });

  it("accepts the workspace folder itself as the folder of the settings", async () => {
    await setSetting("folder", "");
    const { files } = await generate({ ...fastOptions, prompt: "A root" });
    assert.deepEqual(files, [uriInWorkspace("a-root.jpg").toString()]);
  });

  it("saves at a URI, as text or as an object", async () => {
    const folder = freshFolder();
    await generate({ ...fastOptions, prompt: "An elk", path: uriInWorkspace(`${folder}/text.png`).toString() });
    await generate({ ...fastOptions, prompt: "An elk", path: uriInWorkspace(`${folder}/object.webp`) });
    assert.deepEqual(await fileNamesIn(folder), ["object.webp", "text.png"]);
  });

  it("stores every picture in the vault, byte for byte", async () => {
    const { files } = await generate({ ...fastOptions, prompt: "An ibex", path: `${freshFolder()}/ibex.png` });
    const saved = Buffer.from(await bytesOf(files[0] ?? ""));
    const vault = await filesBelow(vaultFolder);
    assert.equal(vault.filter(({ bytes }) => bytes.equals(saved)).length, 1);
  });

  it("runs several times at once, each under its own file name", async () => {
    const [folder, sent] = [freshFolder(), recordRequests()];
    const results = await Promise.all(
      // The same argument several times at once would count as a held key and buy once.
      [1, 2, 3, 4, 5].map((n) => generate({ prompt: `Jay ${n}`, size: "1024x1024", path: `${folder}/jay.png` })),
    );
    assert.equal(new Set(results.flatMap(({ files }) => files)).size, 5);
    assert.deepEqual(await fileNamesIn(folder), ["jay-2.png", "jay-3.png", "jay-4.png", "jay-5.png", "jay.png"]);
    assert.equal(new Set(sent.tasks().map(({ taskUUID }) => taskUUID)).size, 5);
    for (const name of await fileNamesIn(folder)) {
      assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`${folder}/${name}`))), "png 1024x1024");
    }
  });

  it("opens the saved picture if the settings say so", async () => {
    await setSetting("openAfterSaving", true);
    const { files } = await generate({ ...fastOptions, prompt: "A stoat", path: `${freshFolder()}/stoat.png` });
    const opened = () =>
      window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .find(
          ({ input }) =>
            typeof input === "object" && input !== null && "uri" in input && String(input.uri) === files[0],
        );
    const tab = await waitUntil("the picture is open", async () => opened());
    assert.ok(Uri.parse(files[0] ?? "").path.endsWith(tab.label));
    await window.tabGroups.close(tab);
  });
});
