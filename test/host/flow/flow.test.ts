import assert from "node:assert/strict";
import { commands, Uri } from "vscode";
import { freePort } from "../../support/loopback.ts";
import { rejectionMessage, waitUntil } from "../support/commands.ts";
import { bytesOf, fileNamesIn, formatAndSize, jobFilesOf, uriInWorkspace } from "../support/files.ts";
import { back, down, enter, enterTimes, pressEscape, runUntilInput, typeText, up } from "../support/quickInput.ts";
import { generateFromSelection, selectText } from "../support/selection.ts";
import { faultProxy, recordRequests, setSetting } from "../support/testService.ts";

/** The sentence for the prompt of a picture in 16:9 for og:image. */
const ogHint = "Keep the subject in the middle 90 % of the height, with background above and below.";

/** At the size step, chooses the model with this name in its label. */
async function changeModel(name: string): Promise<void> {
  await typeText("Change Model");
  await enter();
  await typeText(name);
  await enter();
}

describe("the flow of Generate Image from Selection", () => {
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeQuickOpen");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("shows a message if nothing is selected, and resolves with undefined", async () => {
    await selectText("");
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.generateFromSelection"), undefined);
    assert.equal(sent.requests().length, 0);
  });

  it("generates a picture of the selected text with Enter at each step", async () => {
    const sent = recordRequests();
    const { done } = await generateFromSelection("A badger at dusk");
    await enterTimes(4);
    const expected = uriInWorkspace("images/a-badger-at-dusk.jpg");
    assert.deepEqual(await done, { files: [expected.toString()], cost: 0.028 });
    assert.equal(formatAndSize(await bytesOf(expected)), "jpg 2048x2048");
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      ["A badger at dusk"],
    );
  });

  it("asks for each {variable} after the prompt, and fills it into the prompt and the file name", async () => {
    const sent = recordRequests();
    const { done } = await generateFromSelection("A {thing} in {season}, {thing} again");
    await enter();
    await typeText("moth");
    await enter();
    await typeText("autumn");
    await enter();
    await back();
    await typeText("spring");
    await enterTimes(4);
    assert.deepEqual(await done, {
      files: [uriInWorkspace("images/a-moth-in-spring-moth-again.jpg").toString()],
      cost: 0.028,
    });
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      ["A moth in spring, moth again"],
    );
  });

  it("buys nothing on Escape at a {variable}, and proposes the typed prompt the next time", async () => {
    const sent = recordRequests();
    const { done } = await generateFromSelection("A {thing} left at the variable");
    await enter();
    await typeText("moth");
    await pressEscape();
    assert.deepEqual([await done, sent.requests().length], [undefined, 0]);
    const again = await runUntilInput("limn.generate");
    await enter();
    await typeText("newt");
    await enterTimes(4);
    await again.done;
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      ["A newt left at the variable"],
    );
  });

  it("proposes the last choices", async () => {
    const first = await generateFromSelection("A first bat");
    await enter();
    await down();
    await enterTimes(3);
    await first.done;
    const second = await generateFromSelection("A second bat");
    await enterTimes(4);
    await second.done;
    assert.deepEqual(
      await Promise.all(
        ["first", "second"].map(async (n) => formatAndSize(await bytesOf(uriInWorkspace(`images/a-${n}-bat.jpg`)))),
      ),
      ["jpg 1024x1024", "jpg 1024x1024"],
    );
  });

  it("uses another model that is chosen at the size step, at its price", async () => {
    const sent = recordRequests();
    const { done } = await generateFromSelection("A grebe in reeds");
    await enter();
    await changeModel("O3");
    await typeText("4096 × 4096");
    await enterTimes(3);
    const expected = uriInWorkspace("images/a-grebe-in-reeds.jpg");
    assert.deepEqual(await done, { files: [expected.toString()], cost: 0.056 });
    assert.equal(formatAndSize(await bytesOf(expected)), "jpg 4096x4096");
    assert.deepEqual(
      sent.tasks().map(({ model }) => model),
      ["klingai:kling-image@o3"],
    );
  });

  it("proposes no size above the lowest price after another model was chosen", async () => {
    const { done } = await generateFromSelection("A rail in reeds");
    await enter();
    await changeModel("O3");
    await enterTimes(3);
    const expected = uriInWorkspace("images/a-rail-in-reeds.jpg");
    assert.deepEqual(await done, { files: [expected.toString()], cost: 0.028 });
    assert.equal(formatAndSize(await bytesOf(expected)), "jpg 2048x2048");
  });

  it("keeps the chosen model if the user goes back to the prompt", async () => {
    const sent = recordRequests();
    const { done } = await generateFromSelection("A snipe in reeds");
    await enter();
    await changeModel("O1");
    await back();
    await enterTimes(4);
    await done;
    assert.deepEqual(
      sent.tasks().map(({ model }) => model),
      ["klingai:kling-image@o1"],
    );
  });

  it("returns to the prompt if the chosen model cannot use it, and keeps that model", async () => {
    const sent = recordRequests();
    const { done } = await generateFromSelection("Ox");
    await enter();
    await changeModel("O1");
    await typeText("Ox in reeds");
    await enterTimes(4);
    await done;
    assert.deepEqual(
      sent.tasks().map(({ model, positivePrompt }) => [model, positivePrompt]),
      [["klingai:kling-image@o1", "Ox in reeds"]],
    );
  });

  it("asks for another model if that of the settings cannot use the prompt", async () => {
    const sent = recordRequests();
    await setSetting("model", "klingai:kling-image@o1");
    const { done } = await generateFromSelection("Ox");
    await enter();
    await typeText("3.0");
    await enterTimes(4);
    await done;
    await setSetting("model", undefined);
    assert.deepEqual(
      sent.tasks().map(({ model, positivePrompt }) => [model, positivePrompt]),
      [["klingai:kling-image@3", "Ox"]],
    );
  });

  it("goes back from the choice of the model to the size", async () => {
    const sent = recordRequests();
    const { done } = await generateFromSelection("A coot in reeds");
    await enter();
    await typeText("Change Model");
    await enter();
    await back();
    await typeText("1024 × 1024");
    await enterTimes(3);
    assert.deepEqual(await done, { files: [uriInWorkspace("images/a-coot-in-reeds.jpg").toString()], cost: 0.028 });
    assert.deepEqual(
      sent.tasks().map(({ model }) => model),
      ["klingai:kling-image@3"],
    );
  });

  it("makes pictures for a target, in the size that loses least, with a hint that the user can refuse", async () => {
    const sent = recordRequests();
    for (const [prompt, answer] of [
      ["A teal in reeds", "Add to"],
      ["A smew in reeds", "Leave"],
    ] as const) {
      const { done } = await generateFromSelection(prompt);
      await enter();
      await typeText("og:image");
      await enter();
      await typeText(answer);
      await enterTimes(3);
      const expected = uriInWorkspace(`images/${prompt.replaceAll(" ", "-").toLowerCase()}.jpg`);
      assert.deepEqual(await done, { files: [expected.toString()], cost: 0.028 });
      assert.equal(formatAndSize(await bytesOf(expected)), "jpg 2720x1536");
    }
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      [`A teal in reeds\n${ogHint}`, "A smew in reeds"],
    );
    const [job] = await jobFilesOf("A teal in reeds");
    assert.deepEqual([job?.request.exportTarget, job?.request.promptHint], ["og", ogHint]);
  });

  it("says that a {variable} leaves no room for the hint, and lets the user shorten the prompt", async () => {
    const sent = recordRequests();
    const text = "reed ".repeat(490).trim();
    const first = await generateFromSelection("{text}");
    await enter();
    await typeText(text);
    await enter();
    await typeText("og:image");
    await enterTimes(4);
    await first.done;
    const second = await generateFromSelection("A garganey {text}");
    await enter();
    await typeText(text);
    await enter();
    await typeText("og:image");
    await enter();
    await typeText("Shorten");
    await enter();
    await typeText("A garganey in reeds");
    await enter();
    await typeText("og:image");
    await enterTimes(4);
    await second.done;
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      [text, `A garganey in reeds\n${ogHint}`],
    );
  });

  it("offers in the message to write the files of the target", async () => {
    await commands.executeCommand("notifications.clearAll");
    const { done } = await generateFromSelection("A dunlin in reeds");
    await enter();
    await typeText("Card");
    await enterTimes(3);
    await done;
    await commands.executeCommand("notification.acceptPrimaryAction");
    const name = "a-dunlin-in-reeds-1200x800.webp";
    await waitUntil("the card is written", async () => (await fileNamesIn("images")).includes(name));
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace(`images/${name}`))), "webp 1200x800");
  });

  it("goes back from the hint to the sizes, and proposes the size of no target the next time", async () => {
    const sent = recordRequests();
    const { done } = await generateFromSelection("A scaup in reeds");
    await enter();
    await typeText("og:image");
    await enter();
    await back();
    await typeText("1024 × 1024");
    await enterTimes(3);
    await done;
    const next = await generateFromSelection("A gadwall in reeds");
    await enter();
    await typeText("Hero");
    await enterTimes(3);
    await next.done;
    const last = await generateFromSelection("A pintail in reeds");
    await enterTimes(4);
    await last.done;
    assert.deepEqual(
      sent.tasks().map(({ width, positivePrompt }) => [width, positivePrompt]),
      [
        [1024, "A scaup in reeds"],
        [2720, "A gadwall in reeds"],
        [1024, "A pintail in reeds"],
      ],
    );
  });

  ["the prompt", "the size", "the number", "the place"].forEach((step, index) => {
    it(`ends on Escape at ${step} without a request, file or job`, async () => {
      const before = await fileNamesIn("images");
      const sent = recordRequests();
      const prompt = `A marten, left at ${step}`;
      const { done } = await generateFromSelection(prompt);
      await enterTimes(index);
      await pressEscape();
      assert.equal(await done, undefined);
      assert.equal(sent.requests().length, 0);
      assert.deepEqual([await fileNamesIn("images"), await jobFilesOf(prompt)], [before, []]);
    });
  });

  it("goes back to earlier steps, whose answers can be changed", async () => {
    const { done } = await generateFromSelection("A lynx");
    await enter();
    await back();
    await typeText("A lynx, asleep");
    await enterTimes(2);
    await down();
    await enter();
    await back();
    await up();
    await enterTimes(2);
    assert.deepEqual(await done, { files: [uriInWorkspace("images/a-lynx-asleep.jpg").toString()], cost: 0.028 });
  });

  it("proposes an unsent prompt until it is sent", async () => {
    const canceled = await generateFromSelection("A wolf, not yet sent");
    await enterTimes(2);
    await pressEscape();
    await canceled.done;
    const sent = recordRequests();
    const again = await runUntilInput("limn.generate");
    await enterTimes(4);
    await again.done;
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      ["A wolf, not yet sent"],
    );
    const fresh = await runUntilInput("limn.generate");
    await enterTimes(4);
    await pressEscape();
    await fresh.done;
    assert.equal(sent.tasks().length, 1);
  });

  for (const [reason, fail, repair] of [
    ["the budget refused it", () => setSetting("budget.perDay", 0.001), () => setSetting("budget.perDay", 0)],
    [
      "the service could not be reached",
      async () => setSetting("apiUrl", `http://127.0.0.1:${await freePort()}`),
      () => setSetting("apiUrl", faultProxy().url),
    ],
  ] as const) {
    it(`proposes a prompt again if ${reason}, and not after it was sent`, async () => {
      const prompt = `A crane, although ${reason}`;
      const refused = await generateFromSelection(prompt);
      await enterTimes(3);
      await fail();
      await enter();
      assert.equal(await refused.done, undefined);
      await repair();
      const sent = recordRequests();
      const again = await runUntilInput("limn.generate");
      await enterTimes(4);
      await again.done;
      assert.deepEqual(
        sent.tasks().map(({ positivePrompt }) => positivePrompt),
        [prompt],
      );
      const fresh = await runUntilInput("limn.generate");
      await enterTimes(4);
      await pressEscape();
      await fresh.done;
      assert.equal(sent.tasks().length, 1);
    });
  }

  it("proposes a prompt that was typed but not accepted", async () => {
    const canceled = await runUntilInput("limn.generate");
    await typeText("A stork, typed and left");
    await pressEscape();
    await canceled.done;
    const sent = recordRequests();
    const again = await runUntilInput("limn.generate");
    await enterTimes(4);
    await again.done;
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      ["A stork, typed and left"],
    );
  });

  it("shows the service's refusal to the user, and resolves with undefined", async () => {
    const prompt = "An eel [sandbox:refuse=insufficientCredits]";
    const { done } = await generateFromSelection(prompt);
    await enterTimes(4);
    assert.equal(await done, undefined);
    assert.deepEqual(
      (await jobFilesOf(prompt)).map(({ state }) => state),
      ["failed"],
    );
  });
});

describe("the flow of Edit Image", () => {
  it("uses the files of a context menu as references, in order, and a name like the first one's", async () => {
    const canceled = await generateFromSelection("In the rain");
    await enter();
    await pressEscape();
    await canceled.done;
    const sent = recordRequests();
    const [lake, hut] = [uriInWorkspace("images/lake.webp"), uriInWorkspace("images/hut.png")];
    const { done } = await runUntilInput("limn.edit", lake, [lake, hut]);
    await enterTimes(4);
    assert.deepEqual(await done, { files: [uriInWorkspace("images/lake-edit.webp").toString()], cost: 0.028 });
    assert.equal(formatAndSize(await bytesOf(uriInWorkspace("images/lake-edit.webp"))), "webp 1248x832");
    assert.equal(sent.tasks()[0]?.inputs?.referenceImages?.length, 2);
  });

  it("uses the open image", async () => {
    await commands.executeCommand("vscode.open", uriInWorkspace("images/ridge.jpg"));
    const { done } = await runUntilInput("limn.edit");
    await typeText("In the mist");
    await enterTimes(4);
    assert.deepEqual(await done, { files: [uriInWorkspace("images/ridge-edit.jpg").toString()], cost: 0.028 });
  });

  it("shows a message about a missing file to the user, and resolves with undefined", async () => {
    assert.equal(
      await commands.executeCommand("limn.edit", Uri.joinPath(uriInWorkspace("images"), "gone.png")),
      undefined,
    );
  });

  it("rejects only if a program runs it", async () => {
    const argument = { prompt: "In the rain", references: ["images/gone.png"] };
    assert.match(
      await rejectionMessage(commands.executeCommand("limn.edit", argument)),
      /images\/gone\.png could not be read/,
    );
  });
});
