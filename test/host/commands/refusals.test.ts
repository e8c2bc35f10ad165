import assert from "node:assert/strict";
import { commands, Uri } from "vscode";
import { fastOptions, generate, rejectionMessage } from "../support/commands.ts";
import { fileNamesIn, freshFolder } from "../support/files.ts";
import { recordRequests, useKey } from "../support/testService.ts";

/** Invalid arguments and the message for each. */
const invalidArguments: readonly (readonly [what: string, argument: object, sentence: string | RegExp])[] = [
  ["an empty prompt", { prompt: "  " }, "The prompt is empty. Write what the picture should show."],
  [
    "a prompt of 2501 characters",
    { prompt: "🦊".repeat(2501) },
    "The prompt has 2501 characters; at most 2500 are allowed.",
  ],
  ["no prompt", { prompt: undefined }, "The command's argument cannot be used. “prompt” is missing. Add it."],
  ["a prompt that is not a string", { prompt: 5 }, "The command's argument cannot be used. “prompt” must be a string."],
  [
    "a size that the model does not support",
    { size: "1000x1000" },
    "Kling IMAGE 3.0 cannot make 1000 × 1000 pixels. The nearest is 1024 × 1024.",
  ],
  ["an unreadable size", { size: "large" }, "“large” is not a size. Write it as width x height, such as 2720x1536."],
  ["neither size nor reference", { size: undefined }, "Choose a size, or add a reference image."],
  [
    "a resolution without a reference",
    { size: undefined, resolution: "2k" },
    "A resolution takes its shape from a reference image, and there is none. Choose a size instead.",
  ],
  [
    "a resolution beside a size",
    { resolution: "1k" },
    "A resolution cannot be combined with a size. Give one of them.",
  ],
  ["no pictures", { count: 0 }, "The number of pictures must be a whole number from 1 to 20."],
  ["21 pictures", { count: 21 }, "The number of pictures must be a whole number from 1 to 20."],
  ["half a picture", { count: 1.5 }, "The number of pictures must be a whole number from 1 to 20."],
  ["a quality below 20", { quality: 19 }, "The quality must be a whole number from 20 to 99."],
  ["a quality above 99", { quality: 100 }, "The quality must be a whole number from 20 to 99."],
  ["a format that Limn does not write", { format: "gif" }, /“format” must be one of “jpg”, /],
  ["an unknown output type", { outputType: "base64" }, /“outputType” must be one of “URL”, “base64Data”, “dataURI”\.$/],
  ["an unknown delivery method", { deliveryMethod: "later" }, /“deliveryMethod” must be one of “sync”, “async”\.$/],
  ["a lifetime below a minute", { ttl: 59 }, "The lifetime of links must be a whole number of at least 60 seconds."],
  [
    "a lifetime of links without links",
    { ttl: 60, outputType: "base64Data" },
    "A lifetime of links needs the output type “URL”.",
  ],
  ["a webhook that is not a URL", { webhookURL: "hook" }, "The webhook must be a complete http or https address."],
  [
    "an upload endpoint with another protocol",
    { uploadEndpoint: "ftp://a.b/c" },
    "The upload endpoint must be a complete http or https address.",
  ],
  [
    "an unknown field",
    { promt: "A fox" },
    "The command's argument cannot be used. Limn does not know the field “promt”. Remove it or correct its name.",
  ],
  [
    "a reference that is no text, beside a URI",
    { references: [Uri.file("/a.png"), 5] },
    /“references\[1\]” must be a string\.$/,
  ],
  ["an unknown field of `safety`", { safety: { level: 1 } }, /does not know the field “safety.level”/],
  ["a seed, which the model does not support", { seed: 1 }, /does not know the field “seed”/],
  ["a path out of the workspace", { path: "../fox.png" }, /^The path leads out of the workspace folder\./],
  [
    "a path out of the workspace through a subfolder",
    { path: "a/../../fox.png" },
    /^The path leads out of the workspace folder\./,
  ],
  [
    "a path out of the workspace with a backslash",
    { path: "..\\fox.png" },
    /^The path leads out of the workspace folder\./,
  ],
  ["an absolute path", { path: "/tmp/fox.png" }, "Write a path inside the workspace folder, such as images/fox.png."],
  ["a drive", { path: "C:\\fox.png" }, "Write a path inside the workspace folder, such as images/fox.png."],
  ["an empty path", { path: " " }, "Write where the picture should be saved, such as images/fox.png."],
  ["a path without a name", { path: "a/.." }, "The path ends without a file name. Add one, such as fox.png."],
  [
    "an extension that Limn does not write",
    { path: "fox.gif" },
    "Limn writes .jpg, .png and .webp files, not “.gif”. Change the file's extension.",
  ],
  ["an unknown placeholder", { path: "{name}.png" }, /^\{name\} is not a placeholder\. Possible are \{slug\}/],
  [
    "a path through a file",
    { path: "images/hut.png/fox.png" },
    "images/hut.png is a file, not a folder. Choose another path.",
  ],
];

describe("limn.generate refuses, before anything is sent,", () => {
  for (const [what, argument, sentence] of invalidArguments) {
    it(what, async () => {
      const [sent, folder] = [recordRequests(), freshFolder()];
      const message = await rejectionMessage(
        generate({ prompt: "A fox", size: "1024x1024", path: `${folder}/fox.png`, ...argument }),
      );
      if (typeof sentence === "string") {
        assert.equal(message, sentence);
      } else {
        assert.match(message, sentence);
      }
      assert.deepEqual([sent.requests().length, await fileNamesIn(folder)], [0, []]);
    });
  }

  it("an argument without the field for the prompt, or without any field", async () => {
    assert.match(await rejectionMessage(generate({ size: "1024x1024" })), /“prompt” is missing/);
    assert.match(await rejectionMessage(commands.executeCommand("limn.generate", "A fox")), /argument cannot be used/);
  });

  it("a request without a key, and says what to do", async () => {
    useKey(undefined);
    const sent = recordRequests();
    assert.equal(
      await rejectionMessage(generate({ ...fastOptions, prompt: "A fox" })),
      "There is no API key yet. Set one with “Limn: Set API Key…”, or try the sandbox, which needs none.",
    );
    assert.equal(sent.requests().length, 0);
  });
});

/** Errors of the service by the directives that cause them in the sandbox, and their messages. */
const serviceErrors = [
  ["refuse=insufficientCredits", /^Your Runware balance is too low: .* Add credits in your Runware account/],
  ["refuse=contentModeration", /^The content filter stopped the request: .* Change the prompt/],
  ["refuse=invalidPositivePrompt", /^Runware refused the request: .* Change it and try again\.$/],
  [
    "error=timeoutProvider",
    /^The model's provider failed: .* Trying again is a new purchase\. It may have been billed\.$/,
  ],
  ["error=invalidProviderContent", /^The content filter stopped the request: .* Change the prompt/],
] as const;

describe("limn.generate explains", () => {
  for (const [directive, sentence] of serviceErrors) {
    it(`the service's answer to ${directive}`, async () => {
      const folder = freshFolder();
      const prompt = `A fox [sandbox:${directive}]`;
      assert.match(await rejectionMessage(generate({ ...fastOptions, prompt, path: `${folder}/fox` })), sentence);
      assert.deepEqual(await fileNamesIn(folder), []);
    });
  }

  it("a refused key", async () => {
    useKey("not-the-key");
    assert.match(
      await rejectionMessage(generate({ ...fastOptions, prompt: "A fox" })),
      /^Runware did not accept the API key.* Set a valid key with “Limn: Set API Key…”\.$/,
    );
  });
});
