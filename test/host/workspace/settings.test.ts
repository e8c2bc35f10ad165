import assert from "node:assert/strict";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { extensions, type Uri, workspace } from "vscode";
import type { Settings } from "../../../src/host/settings.ts";
import { fastOptions, generate, rejectionMessage, waitUntil } from "../support/commands.ts";
import { describeFile, freshFolder, jobFilesOf, uriInWorkspace, userFolder, workspaceRoot } from "../support/files.ts";
import { freshPrompt, snapshot } from "../support/panel.ts";
import { startReceiver } from "../support/receiver.ts";
import { faultProxy, recordRequests, type SentTask, setSetting } from "../support/testService.ts";

const argument = () => ({ prompt: "A crane", size: "1024x1024", path: `${freshFolder()}/crane` });

/** The faster delivery method. */
const syncDelivery = { deliveryMethod: "sync" } as const;

/** Settings with the fields of the task that they cause. */
const effects: readonly (readonly [Partial<Settings>, Partial<SentTask>])[] = [
  [
    {},
    {
      outputFormat: "JPG",
      outputQuality: 95,
      outputType: "URL",
      deliveryMethod: "async",
      safety: undefined,
      ttl: undefined,
      webhookURL: undefined,
      uploadEndpoint: undefined,
    },
  ],
  [{ ...syncDelivery, format: "webp" }, { outputFormat: "WEBP" }],
  [{ ...syncDelivery, quality: 20 }, { outputQuality: 20 }],
  [{ ...syncDelivery, outputType: "dataURI" }, { outputType: "dataURI" }],
  [
    { outputType: "base64Data", ttl: 90 },
    { outputType: "base64Data", ttl: undefined },
  ],
  [{ ...syncDelivery, ttl: 90 }, { ttl: 90 }],
  [{ deliveryMethod: "sync" }, { deliveryMethod: "sync" }],
  [{ ...syncDelivery, safety: "off" }, { safety: undefined }],
  [{ ...syncDelivery, safety: "fast" }, { safety: { checkContent: true, mode: "fast" } }],
];

async function setAll(settings: Partial<Settings>): Promise<void> {
  const { format, quality, outputType, ttl, deliveryMethod } = settings;
  await setSetting("format", format);
  await setSetting("quality", quality);
  await setSetting("outputType", outputType);
  await setSetting("ttl", ttl);
  await setSetting("deliveryMethod", deliveryMethod);
  await setSetting("safety", settings.safety);
}

describe("settings affect requests:", () => {
  for (const [settings, expected] of effects) {
    it(`${JSON.stringify(settings)} gives ${JSON.stringify(expected)}`, async () => {
      await setAll(settings);
      const sent = recordRequests();
      await generate(argument());
      assert.partialDeepStrictEqual(sent.tasks()[0], JSON.parse(JSON.stringify(expected)));
      for (const [key, value] of Object.entries(expected)) {
        assert.ok(value !== undefined || !Object.hasOwn(sent.tasks()[0] ?? {}, key), `${key} was sent`);
      }
    });
  }

  it("the service calls the webhook and the upload endpoint", async () => {
    const receiver = await startReceiver();
    try {
      await setSetting("webhookURL", ` ${receiver.url} `);
      await setSetting("uploadEndpoint", receiver.url);
      await generate(argument());
      await waitUntil("both requests have arrived", async () => receiver.received.length >= 2);
      assert.deepEqual(receiver.received.map(({ method }) => method).sort(), ["POST", "PUT"]);
    } finally {
      await receiver.close();
    }
  });

  it("an argument takes precedence", async () => {
    await setAll({ format: "webp", quality: 20, safety: "fast" });
    const sent = recordRequests();
    await generate({ ...argument(), ...fastOptions, format: "png", quality: 50, safety: { checkContent: true } });
    assert.partialDeepStrictEqual(sent.tasks()[0], {
      outputFormat: "PNG",
      outputQuality: 50,
    });
    assert.deepEqual(sent.tasks()[0]?.safety, { checkContent: true });
  });
});

describe("the safety check", () => {
  const flagged = async () => {
    const prompt = freshPrompt("A crane [sandbox:nsfw]");
    await generate({ ...argument(), ...fastOptions, prompt });
    const [job] = await jobFilesOf(prompt);
    return job?.pictures.map(({ unsafe }) => unsafe);
  };
  const file = join(userFolder, "settings.json");
  // Compares texts, since VS Code's objects have no prototype.
  const own = () => JSON.stringify(workspace.getConfiguration("limn").inspect("safety")?.globalValue);
  /** Replaces the file atomically, since VS Code may be reading it. */
  const write = async (text: string) => {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  };
  /**
   * Writes the file and makes VS Code read it: its watcher may be late or miss a change, but it
   * reads the file before it changes a setting.
   */
  const writeAndRead = async (text: string, value: unknown) => {
    await write(text);
    await setSetting("statusBar", "never");
    await setSetting("statusBar", undefined);
    await waitUntil(`${JSON.stringify(value)} is read`, async () => own() === JSON.stringify(value));
  };

  it("follows the setting", async () => {
    await setSetting("safety", "fast");
    assert.deepEqual(await flagged(), [true]);
    await setSetting("safety", "off");
    assert.deepEqual(await flagged(), [undefined]);
  });

  it("follows the setting of an earlier version until the new one is set", async () => {
    await setSetting("safety", undefined);
    const before = await readFile(file, "utf8");
    try {
      const text = JSON.stringify({ ...JSON.parse(before), "limn.safety.checkContent": true });
      await writeAndRead(text, { checkContent: true });
      assert.deepEqual(await flagged(), [true]);
      await setSetting("safety", "off");
      assert.deepEqual(await flagged(), [undefined]);
    } finally {
      await writeAndRead(before, undefined);
    }
  });
});

describe("invalid settings cause an error that names them, and nothing is sent:", () => {
  // The message does not repeat the address, which may contain a key.
  const notAnAddress = "The address in the setting “limn.apiUrl” must begin with https://. Correct the setting.";
  const cases: readonly (readonly [what: string, change: () => Promise<void>, sentence: string | RegExp])[] = [
    ["an address that is not a URL", () => setSetting("apiUrl", "nonsense"), notAnAddress],
    ["an address without https", () => setSetting("apiUrl", "http://api.invalid/v1"), notAnAddress],
    [
      "an address that resembles a loopback address",
      () => setSetting("apiUrl", "http://127.0.0.1.invalid/v1"),
      notAnAddress,
    ],
    [
      "a quality above the maximum",
      () => setSetting("quality", 200),
      "The quality must be a whole number from 20 to 99. It comes from the setting “limn.quality”: correct it there.",
    ],
    [
      "a lifetime below the minimum",
      () => setSetting("ttl", 30),
      "The lifetime of links must be a whole number of at least 60 seconds. It comes from the setting “limn.ttl”: correct it there.",
    ],
    [
      "a folder outside the workspace",
      () => setSetting("folder", "../out"),
      /^The path leads out of the workspace folder\..*the setting “limn\.folder” or “limn\.fileName”: correct it there\.$/,
    ],
    [
      "an unknown placeholder",
      () => setSetting("fileName", "{nope}"),
      /^\{nope\} is not a placeholder\..*the setting “limn\.folder” or “limn\.fileName”: correct it there\.$/,
    ],
    [
      "a webhook that is not a URL",
      () => setSetting("webhookURL", "hook"),
      "The webhook must be a complete http or https address. It comes from the setting “limn.webhookURL”: correct it there.",
    ],
  ];
  for (const [what, change, sentence] of cases) {
    it(what, async () => {
      await change();
      const sent = recordRequests();
      const message = await rejectionMessage(generate({ prompt: "A crane", size: "1024x1024" }));
      if (typeof sentence === "string") {
        assert.equal(message, sentence);
      } else {
        assert.match(message, sentence);
      }
      assert.equal(sent.requests().length, 0);
    });
  }
});

describe("the settings of a workspace", () => {
  const ofFolder = uriInWorkspace(".vscode/settings.json").fsPath;
  const ofWorkspace = workspace.workspaceFile?.fsPath ?? "";
  const limn = (scope?: Uri) => workspace.getConfiguration("limn", scope ?? null);
  const readAs = (format: string) =>
    waitUntil(
      "the settings are read",
      async () => limn().get("format") === format && limn(workspaceRoot()).get("format") === format,
    );
  let before: { readonly settings?: object };

  /** Writes settings into both files of a repository and waits until VS Code has read them. */
  async function put(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await mkdir(dirname(ofFolder), { recursive: true });
    await writeFile(ofFolder, JSON.stringify(settings));
    await writeFile(ofWorkspace, JSON.stringify({ ...before, settings }));
    await readAs("png");
  }
  beforeEach(async () => {
    before = JSON.parse(await readFile(ofWorkspace, "utf8"));
  });
  afterEach(async () => {
    await writeFile(ofWorkspace, JSON.stringify(before));
    await rm(dirname(ofFolder), { recursive: true });
    await readAs("jpg");
  });

  it("set the format, and cannot redirect the key or the money", async () => {
    await put({
      "limn.format": "png",
      "limn.engine": "sandbox",
      "limn.apiUrl": "http://127.0.0.1:9/v1",
      "limn.webhookURL": "http://127.0.0.1:9/",
      "limn.uploadEndpoint": "http://127.0.0.1:9/",
      "limn.ttl": 70,
    });
    const sent = recordRequests();
    const { files } = await generate({ ...argument(), ...fastOptions });
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["crane.png: png 1024x1024"]);
    const [task] = sent.tasks();
    assert.ok(task, "Limn did not use the address of the user's settings");
    assert.deepEqual([task.webhookURL, task.uploadEndpoint, task.ttl], [undefined, undefined, undefined]);
    assert.ok(sent.requests()[0]?.headers.host === new URL(faultProxy().url).host);
  });

  it("do not change any setting of application scope", async () => {
    const properties: Readonly<Record<string, { readonly scope: string; readonly default: unknown }>> =
      extensions.getExtension("limn.limn")?.packageJSON.contributes.configuration.properties;
    const own = Object.keys(properties).filter((key) => properties[key]?.scope === "application");
    assert.ok(own.length > 10 && own.includes("limn.apiUrl"));
    const values = () => own.map((key) => [key, workspace.getConfiguration().get(key)]);
    const userValues = values();
    const other = (value: unknown) =>
      typeof value === "number" ? value + 1 : typeof value === "boolean" ? !value : `${value}x`;
    await put({ "limn.format": "png", ...Object.fromEntries(userValues.map(([key, value]) => [key, other(value)])) });
    assert.deepEqual(values(), userValues);
  });

  it("do not change them through nested names either, which VS Code accepts", async () => {
    await setSetting("safety", "fast");
    await setSetting("budget.perDay", 0.02);
    await put({
      "limn.format": "png",
      "limn.safety.checkContent": false,
      "limn.safety.mode": "none",
      "limn.apiUrl.x": 1,
      "limn.budget.perDay.x": 1,
    });
    const sent = recordRequests();
    assert.match(await rejectionMessage(generate({ ...argument(), ...fastOptions })), /Today's budget of \$0\.020/);
    await setSetting("budget.perDay", undefined);
    await generate({ ...argument(), ...fastOptions });
    assert.deepEqual(sent.tasks()[0]?.safety, { checkContent: true, mode: "fast" });
  });

  it("of a wrong type are ignored", async () => {
    const usual = { count: 1, format: "JPG", quality: 95, path: "images/{slug}" };
    for (const wrong of [42, true, null, ["a"], { a: 1 }]) {
      await put({ "limn.format": "png", "limn.folder": wrong, "limn.fileName": wrong, "limn.quality": `${wrong}` });
      assert.deepEqual((await snapshot()).draft.defaults, { ...usual, format: "PNG" });
    }
    for (const format of ["constructor", "__proto__", "gif"]) {
      await writeFile(ofFolder, JSON.stringify({ "limn.format": format }));
      await waitUntil("the setting is read", async () => limn(workspaceRoot()).get("format") === format);
      assert.deepEqual((await snapshot()).draft.defaults, usual);
    }
  });
});
