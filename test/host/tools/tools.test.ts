import assert from "node:assert/strict";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { commands, Uri } from "vscode";
import { probe } from "../../../src/imaging/probe.ts";
import type { PictureRef } from "../../../src/protocol.ts";
import { greyPng, opaqueAlphaPng } from "../../support/greyPng.ts";
import { mountSmallDisk, mountUnavailableReason } from "../../support/smallDisk.ts";
import { waitUntil } from "../support/commands.ts";
import { bytesOf, fileNamesIn, freshFolder, readLogs, uriInWorkspace } from "../support/files.ts";
import { registerMemoryFiles } from "../support/memoryFiles.ts";
import {
  countedToday,
  findJobView,
  firstPicture,
  freshPrompt,
  generateAndWait,
  send,
  snapshot,
} from "../support/panel.ts";
import { down, enter, lightTableTabs, pressEscape, runUntilInput, waitForInput } from "../support/quickInput.ts";
import { faultProxy, holdPictures, recordRequests, setSetting } from "../support/testService.ts";

/** A new folder with a picture of 320 × 200 pixels. */
async function folderWithHut(): Promise<{ readonly folder: string; readonly hut: Uri }> {
  const folder = freshFolder();
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  const hut = uriInWorkspace(`${folder}/red-hut.png`);
  await writeFile(hut.fsPath, greyPng(320, 200, 99));
  return { folder, hut };
}

/** A new picture of the panel that is not kept, and how its job is found. */
async function newPicture(format: "PNG" | "JPG" = "PNG", name = "fox") {
  const [prompt, folder] = [freshPrompt(), freshFolder()];
  const path = `${folder}/${name === "as the prompt" ? prompt : name}`;
  const { id, pictures } = await generateAndWait(prompt, { path, format });
  return { prompt, folder, ref: { job: id, picture: pictures[0]?.id ?? "" } };
}

/** Chooses a tool in the menu of pictures of the panel. */
const changeInPanel = (action: "removeBackground" | "upscale", ...pictures: readonly PictureRef[]) =>
  send({ type: "actOnMany", action, pictures: [...pictures] });

/** Waits until the newest job of the prompt is another one and has ended. */
const waitForNewJob = (prompt: string, earlier: string) =>
  waitUntil("the tool's picture is there", async () => {
    const job = await findJobView(prompt);
    return job !== undefined && job.id !== earlier && job.state === "done" && job;
  });

describe("the tools of the service", () => {
  it("remove the background of an image file, and save a picture with transparency beside it", async () => {
    const sent = recordRequests();
    const { folder, hut } = await folderWithHut();
    const command = await runUntilInput("limn.removeBackground", hut);
    await enter();
    await command.done;
    assert.deepEqual(await fileNamesIn(folder), ["red-hut-no-background.png", "red-hut.png"]);
    const made = await bytesOf(uriInWorkspace(`${folder}/red-hut-no-background.png`));
    assert.deepEqual(probe(made), { format: "PNG", width: 320, height: 200, hasAlpha: true });
    const [request, ...others] = sent.requests("removeBackground");
    assert.deepEqual(others, []);
    const [task] = JSON.parse(request?.body ?? "[]");
    assert.deepEqual(
      [task.model, task.outputFormat, task.positivePrompt, Object.keys(task.inputs)],
      ["runware:112@9", "PNG", undefined, ["image"]],
    );
    assert.match(task.inputs.image, /^data:image\/png;base64,/);
    // The result is an edit of the file, named by what the file shows. That is no prompt to copy.
    assert.equal((await findJobView("red hut"))?.hasNoPrompt, true);
    const job = await findJobView("red hut");
    assert.deepEqual(
      [job?.shape, job?.model, job?.hasReferenceFile, job?.pictures[0]?.notes, job?.pictures[0]?.hasAlpha],
      ["Background removed", "BiRefNet Matting", true, [], true],
    );
  });

  for (const [kind, opaque] of [
    ["without an alpha channel", greyPng(320, 200, 90)],
    ["whose alpha channel is opaque everywhere", opaqueAlphaPng(320, 200, 90)],
  ] as const) {
    it(`keep a result ${kind}, and say that it has no transparency`, async () => {
      const { folder, hut } = await folderWithHut();
      faultProxy().setRule(({ method }) => (method === "GET" ? { changePicture: () => opaque } : undefined));
      const command = await runUntilInput("limn.removeBackground", hut);
      await enter();
      await command.done;
      assert.deepEqual(await fileNamesIn(folder), ["red-hut-no-background.png", "red-hut.png"]);
      const { jobs } = await snapshot();
      const job = jobs.find(({ references }) => references[0] === `${folder}/red-hut.png`);
      const [picture] = job?.pictures ?? [];
      assert.deepEqual([picture?.notes, picture?.hasAlpha], [["The result has no transparency."], undefined]);
    });
  }

  it("enlarge an image file by the chosen factor, in its own format", async () => {
    const { folder, hut } = await folderWithHut();
    const command = await runUntilInput("limn.upscaleImage", hut);
    await down();
    await enter();
    await command.done;
    assert.deepEqual(await fileNamesIn(folder), ["red-hut-4x.png", "red-hut.png"]);
    const made = await bytesOf(uriInWorkspace(`${folder}/red-hut-4x.png`));
    assert.deepEqual(probe(made), { format: "PNG", width: 1280, height: 800 });
  });

  it("change several image files after one question, save each result beside its source, and leave out others", async () => {
    const sent = recordRequests();
    const { folder, hut } = await folderWithHut();
    const lake = uriInWorkspace(`${folder}/lake.png`);
    const notes = uriInWorkspace(`${folder}/notes.txt`);
    const wide = uriInWorkspace(`${folder}/wide.png`);
    await writeFile(lake.fsPath, greyPng(64, 48, 99));
    await writeFile(notes.fsPath, "no picture");
    await writeFile(wide.fsPath, greyPng(8200, 20, 99));
    // The Explorer passes the file that was clicked and all that are selected; one is there twice.
    const command = await runUntilInput("limn.upscaleImage", hut, [hut, lake, notes, wide, hut]);
    assert.deepEqual(sent.requests("upscale"), []);
    await enter();
    await command.done;
    assert.deepEqual(await fileNamesIn(folder), [
      "lake-2x.png",
      "lake.png",
      "notes.txt",
      "red-hut-2x.png",
      "red-hut.png",
      "wide.png",
    ]);
    const sizes = await Promise.all(
      ["lake-2x.png", "red-hut-2x.png"].map(async (name) => probe(await bytesOf(uriInWorkspace(`${folder}/${name}`)))),
    );
    assert.deepEqual(
      sizes.map((size) => [size?.width, size?.height]),
      [
        [128, 96],
        [640, 400],
      ],
    );
    assert.equal(sent.requests("upscale").length, 2);
  });

  it("send and save nothing of several files on Escape, nor if none of them can be used", async () => {
    const sent = recordRequests();
    const { folder, hut } = await folderWithHut();
    const [notes, list] = [uriInWorkspace(`${folder}/notes.txt`), uriInWorkspace(`${folder}/list.txt`)];
    await writeFile(notes.fsPath, "no picture");
    await writeFile(list.fsPath, "no picture");
    const command = await runUntilInput("limn.removeBackground", hut, [hut, notes]);
    await pressEscape();
    await command.done;
    await commands.executeCommand("limn.removeBackground", notes, [notes, list]);
    const sentence = (file: string) => `${folder}/${file} is not a PNG, JPEG or WebP picture.`;
    await waitUntil("the log names both files", async () => {
      const log = await readLogs();
      return log.includes(sentence("notes.txt")) && log.includes(sentence("list.txt"));
    });
    assert.deepEqual([(await fileNamesIn(folder)).length, sent.requests("removeBackground")], [3, []]);
  });

  it("name each of several files that are cut off, with an alpha channel or without", async () => {
    const { folder } = await folderWithHut();
    const [grey, alpha] = [uriInWorkspace(`${folder}/grey.png`), uriInWorkspace(`${folder}/alpha.png`)];
    await writeFile(grey.fsPath, greyPng(64, 48, 99).subarray(0, 60));
    await writeFile(alpha.fsPath, opaqueAlphaPng(64, 48, 99).subarray(0, 60));
    await commands.executeCommand("limn.removeBackground", grey, [grey, alpha]);
    const sentence = (file: string) => `${folder}/${file}: This picture is cut off or damaged`;
    await waitUntil("the log names both files", async () => {
      const log = await readLogs();
      return log.includes(sentence("grey.png")) && log.includes(sentence("alpha.png"));
    });
  });

  it("leave out of several files those whose result would be too large, and buy nothing twice but of another source", async () => {
    const sent = recordRequests();
    const { folder, hut } = await folderWithHut();
    const large = uriInWorkspace(`${folder}/large.png`);
    await writeFile(large.fsPath, greyPng(1800, 1200, 99));
    const release = holdPictures();
    const factorsSent = () => sent.requests("upscale").map(({ body }): unknown => JSON.parse(body).at(0).upscaleFactor);
    const first = await runUntilInput("limn.upscaleImage", hut, [hut, large]);
    await down();
    await enter();
    await waitUntil("4× is sent for one of them", async () => factorsSent().length === 1);
    // The same again, while the first one is not there yet: it sends nothing.
    const second = await runUntilInput("limn.upscaleImage", hut, [hut, large]);
    await down();
    await enter();
    await second.done;
    assert.deepEqual(factorsSent(), [4]);
    // The result of another file would have the same name.
    const sameName = uriInWorkspace(`${folder}/red-hut.jpg`);
    await writeFile(sameName.fsPath, greyPng(64, 48, 99));
    const third = await runUntilInput("limn.upscaleImage", hut, [hut, sameName]);
    await down();
    await enter();
    await waitUntil("4× is sent for the other file", async () => factorsSent().length === 2);
    release();
    await Promise.all([first.done, third.done]);
    assert.deepEqual(await fileNamesIn(folder), [
      "large.png",
      "red-hut-4x-2.png",
      "red-hut-4x.png",
      "red-hut.jpg",
      "red-hut.png",
    ]);
    assert.deepEqual(factorsSent(), [4, 4]);
  });

  it("buy several files all or none within the budget of a day", async () => {
    const sent = recordRequests();
    const { folder, hut } = await folderWithHut();
    const lake = uriInWorkspace(`${folder}/lake.png`);
    await writeFile(lake.fsPath, greyPng(64, 48, 99));
    const spent = await countedToday();
    await setSetting("budget.perDay", spent + 0.002);
    const both = await runUntilInput("limn.upscaleImage", hut, [hut, lake]);
    await enter();
    await both.done;
    assert.deepEqual([sent.requests("upscale"), (await fileNamesIn(folder)).length], [[], 2]);
    await setSetting("budget.perDay", spent + 0.003);
    const again = await runUntilInput("limn.upscaleImage", hut, [hut, lake]);
    await enter();
    await again.done;
    assert.equal(sent.requests("upscale").length, 2);
  });

  it("are expected to cost what the same tool and factor have cost, and the budget counts with that", async () => {
    const { folder, hut } = await folderWithHut();
    faultProxy().setRule(({ taskType }) =>
      taskType === "getResponse" ? { change: (body) => body.replace(/"cost":\s*[\d.]+/u, '"cost":0.05') } : undefined,
    );
    const expensive = await runUntilInput("limn.upscaleImage", hut);
    await down();
    await enter();
    await expensive.done;
    const spent = await countedToday();
    await setSetting("budget.perDay", spent + 0.04);
    const again = await runUntilInput("limn.upscaleImage", hut);
    await down();
    await enter();
    await again.done;
    assert.deepEqual(await fileNamesIn(folder), ["red-hut-4x.png", "red-hut.png"]);
    // The other factor was not as expensive.
    const other = await runUntilInput("limn.upscaleImage", hut);
    await enter();
    await other.done;
    assert.deepEqual(await fileNamesIn(folder), ["red-hut-2x.png", "red-hut-4x.png", "red-hut.png"]);
  });

  it("send no picture of a folder that is read-only, and say what to do", async () => {
    const paths = ["/art/hut.png", "/art/owl.png"];
    const [hut, owl] = paths.map((path) => Uri.from({ scheme: "locked", path }));
    const pictures = Object.fromEntries(paths.map((path) => [path, greyPng(64, 48, 99)]));
    const files = registerMemoryFiles("locked", pictures, { isReadonly: true });
    const sent = recordRequests();
    await commands.executeCommand("limn.removeBackground", hut, [hut, owl]);
    const sentences =
      /\[error\] \/art is read-only\. Choose another folder\. The result is saved beside the image, so copy the image there first\.\s*$/mu;
    await waitUntil("the log says why, once for both", async () => sentences.test(await readLogs()));
    assert.deepEqual([files.paths(), sent.requests("removeBackground")], [paths, []]);
    files.dispose();
  });

  it("lose no picture that cannot be saved beside its source: the panel has it", async () => {
    const path = "/art/grey-owl-on-a-branch.png";
    const files = registerMemoryFiles("full", { [path]: greyPng(64, 48, 99) }, { isBroken: true });
    const command = await runUntilInput("limn.removeBackground", Uri.from({ scheme: "full", path }));
    await enter();
    await command.done;
    const sentence = /no-background\.png could not be written\. .*The disk is full\. The picture is safe/u;
    await waitUntil("the log says that it is safe", async () => sentence.test(await readLogs()));
    const job = await findJobView("grey owl on a branch");
    assert.deepEqual([job?.state, job?.pictures[0]?.hasAlpha, job?.pictures[0]?.kept], ["done", true, []]);
    assert.deepEqual(files.paths(), [path]);
    files.dispose();
  });

  (mountUnavailableReason === undefined ? it : it.skip)(
    "buy nothing for a folder on a read-only disk; on a full one, the panel has the picture until there is room",
    async () => {
      const folder = freshFolder();
      const disk = mountSmallDisk(uriInWorkspace(folder).fsPath, 1_000_000);
      const sent = recordRequests();
      try {
        const owl = uriInWorkspace(`${folder}/owl-on-a-disk.png`);
        await writeFile(owl.fsPath, greyPng(64, 48, 99));
        disk.setReadOnly(true);
        await commands.executeCommand("limn.removeBackground", owl);
        await waitUntil("the log says why", async () => (await readLogs()).includes(`${folder} is read-only.`));
        assert.deepEqual(sent.requests("removeBackground"), []);
        disk.setReadOnly(false);
        // The folder can be written, and Limn does not know yet how many bytes the result has.
        await disk.fill();
        const command = await runUntilInput("limn.removeBackground", owl);
        await enter();
        await command.done;
        const sentence = /no-background\.png could not be written\. The disk is full\. The picture is safe/u;
        await waitUntil("the log says that it is safe", async () => sentence.test(await readLogs()));
        const job = await findJobView("owl on a disk");
        assert.deepEqual([job?.state, job?.pictures[0]?.kept], ["done", []]);
        await disk.clear();
        await send({ type: "keep", job: job?.id ?? "", picture: job?.pictures[0]?.id ?? "" });
        assert.deepEqual(await fileNamesIn(folder), ["owl-on-a-disk-no-background.png", "owl-on-a-disk.png"]);
        assert.equal(sent.requests("removeBackground").length, 1);
      } finally {
        disk.unmount();
      }
    },
  );

  it("name the result as the file, also if that looks like a template", async () => {
    const { folder, hut } = await folderWithHut();
    const braces = uriInWorkspace(`${folder}/{date}-{n}.png`);
    await rename(hut.fsPath, braces.fsPath);
    const command = await runUntilInput("limn.upscaleImage", braces);
    await enter();
    await command.done;
    assert.deepEqual(await fileNamesIn(folder), ["{date}-{n}-2x.png", "{date}-{n}.png"]);
    // In a path that the user types, braces are placeholders.
    const job = (await snapshot()).jobs.find(({ references }) => references[0] === `${folder}/{date}-{n}.png`);
    assert.ok(job);
    const keepAs = await waitForInput("keepAs", () => send({ type: "keepAs", ...firstPicture(job).ref }));
    await enter();
    await keepAs.done;
    assert.deepEqual(await fileNamesIn(folder), ["date-n-2x.png", "{date}-{n}-2x.png", "{date}-{n}.png"]);
  });

  it("send and save nothing on Escape", async () => {
    const sent = recordRequests();
    const { folder, hut } = await folderWithHut();
    const command = await runUntilInput("limn.upscaleImage", hut);
    await pressEscape();
    await command.done;
    assert.deepEqual([await fileNamesIn(folder), sent.requests("upscale")], [["red-hut.png"], []]);
  });

  it("send no picture that is too large, and say how large it may be", async () => {
    const sent = recordRequests();
    const { folder } = await folderWithHut();
    const wide = uriInWorkspace(`${folder}/wide.png`);
    await writeFile(wide.fsPath, greyPng(8200, 20, 99));
    await commands.executeCommand("limn.upscaleImage", wide);
    const sentence = `${folder}/wide.png has 8200 × 20 pixels, and Upscale takes at most 8192 on a side.`;
    await waitUntil("the log says why", async () => (await readLogs()).includes(sentence));
    assert.deepEqual(sent.requests("upscale"), []);
  });

  it("offer only factors whose results can be used, and say why there is none", async () => {
    const sent = recordRequests();
    const { folder } = await folderWithHut();
    const [large, larger] = [uriInWorkspace(`${folder}/large.png`), uriInWorkspace(`${folder}/larger.png`)];
    await writeFile(large.fsPath, greyPng(1800, 1200, 99));
    await writeFile(larger.fsPath, greyPng(3600, 2400, 99));
    const command = await runUntilInput("limn.upscaleImage", large);
    // There is no second factor to go to.
    await down();
    await enter();
    await command.done;
    const [task] = JSON.parse(sent.requests("upscale")[0]?.body ?? "[]");
    assert.equal(task.upscaleFactor, 2);
    await commands.executeCommand("limn.upscaleImage", larger);
    const sentence =
      "The result would have 7200 × 4800 pixels; at most 25 megapixels and 16383 pixels a side are possible.";
    await waitUntil("the log says why", async () => (await readLogs()).includes(sentence));
    assert.equal(sent.requests("upscale").length, 1);
  });

  it("are not in the history of prompts, and Reuse Settings asks for the same picture again", async () => {
    const { folder, hut } = await folderWithHut();
    const command = await runUntilInput("limn.upscaleImage", hut);
    await enter();
    await command.done;
    const { history, jobs, draftUpdate } = await snapshot();
    assert.ok(!history.some(({ text }) => text === "red hut"));
    const made = jobs.find(({ references }) => references[0] === `${folder}/red-hut.png`);
    const { done } = await waitForInput("the tool", () => send({ type: "reuse", job: made?.id ?? "" }));
    await down();
    await enter();
    await done;
    const again = await waitForNewJob("red hut", made?.id ?? "");
    assert.deepEqual([made?.hasNoPrompt, again.hasNoPrompt], [true, true]);
    await send({ type: "keep", job: again.id, picture: again.pictures[0]?.id ?? "" });
    assert.deepEqual(await fileNamesIn(folder), ["red-hut-2x.png", "red-hut-4x.png", "red-hut.png"]);
    // The form is as it was.
    assert.deepEqual((await snapshot()).draftUpdate, draftUpdate);
  });

  it("change a picture of the panel, which stays; the result is kept like any other", async () => {
    const { prompt, folder, ref } = await newPicture();
    const { done } = await waitForInput("the tool", () => changeInPanel("removeBackground", ref));
    await enter();
    await done;
    const job = await waitForNewJob(prompt, ref.job);
    assert.deepEqual(
      [job.shape, job.pixels, job.tryAgainEstimate],
      ["Background removed", { width: 1024, height: 1024 }, undefined],
    );
    assert.deepEqual(await fileNamesIn(folder), []);
    // It was never kept, and the light table shows both.
    assert.deepEqual([job.hasReferenceFile, job.hasOriginal, job.hasNoPrompt], [false, true, undefined]);
    await send({ type: "compare", job: job.id, picture: job.pictures[0]?.id ?? "" });
    await waitUntil("both are compared", async () => lightTableTabs().some(({ label }) => label.includes("↔")));
    await commands.executeCommand("workbench.action.closeAllEditors");
    await send({ type: "keep", job: job.id, picture: job.pictures[0]?.id ?? "" });
    assert.deepEqual(await fileNamesIn(folder), ["fox-no-background.png"]);
    assert.equal((await snapshot()).lastError, undefined);
  });

  it("work on the file that a picture was kept as, so that the result can replace it", async () => {
    const { prompt, folder, ref } = await newPicture("PNG", "as the prompt");
    await send({ type: "keep", ...ref });
    const { done } = await waitForInput("the tool", () => changeInPanel("upscale", ref));
    await enter();
    await done;
    const job = await waitForNewJob(prompt, ref.job);
    const references = [`${folder}/${prompt}.png`];
    assert.deepEqual([job.shape, job.references, job.hasReferenceFile], ["Upscaled 2×", references, true]);
    // The prompt can be copied, although the file has the same name.
    assert.equal(job.hasNoPrompt, undefined);
    await send({ type: "keep", job: job.id, picture: job.pictures[0]?.id ?? "" });
    assert.deepEqual(await fileNamesIn(folder), [`${prompt}-2x.png`, `${prompt}.png`]);
  });

  it("change several pictures of the panel after one question, each once", async () => {
    const [fox, owl] = [await newPicture(), await newPicture()];
    const sent = recordRequests();
    const { done } = await waitForInput("the tool", () => changeInPanel("removeBackground", fox.ref, owl.ref, fox.ref));
    await down();
    await enter();
    await done;
    const made = [await waitForNewJob(fox.prompt, fox.ref.job), await waitForNewJob(owl.prompt, owl.ref.job)];
    assert.deepEqual(
      made.map(({ shape, pictures }) => [shape, pictures[0]?.format]),
      [
        ["Background removed", "WEBP"],
        ["Background removed", "WEBP"],
      ],
    );
    assert.equal(sent.requests("removeBackground").length, 2);
    assert.equal((await snapshot()).lastError, undefined);
  });

  it("keep the transparency of a result that replaces a file of another format; Undo brings the file back", async () => {
    const { prompt, folder, ref } = await newPicture();
    await send({ type: "keep", ...ref });
    const before = await bytesOf(uriInWorkspace(`${folder}/fox.png`));
    const { done } = await waitForInput("the tool", () => changeInPanel("removeBackground", ref));
    await down();
    await enter();
    await done;
    const job = await waitForNewJob(prompt, ref.job);
    assert.equal(job.pictures[0]?.format, "WEBP");
    await send({ type: "replace", job: job.id, picture: job.pictures[0]?.id ?? "" });
    const replaced = await bytesOf(uriInWorkspace(`${folder}/fox.png`));
    assert.deepEqual(probe(replaced), { format: "PNG", width: 1024, height: 1024, hasAlpha: true });
    await commands.executeCommand("limn.undoReplace");
    assert.deepEqual(await bytesOf(uriInWorkspace(`${folder}/fox.png`)), before);
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("replace no JPEG file by a picture with transparency, which it could not hold", async () => {
    const { prompt, folder, ref } = await newPicture("JPG");
    await send({ type: "keep", ...ref });
    const before = await bytesOf(uriInWorkspace(`${folder}/fox.jpg`));
    const { done } = await waitForInput("the tool", () => changeInPanel("removeBackground", ref));
    await enter();
    await done;
    const job = await waitForNewJob(prompt, ref.job);
    await send({ type: "replace", job: job.id, picture: job.pictures[0]?.id ?? "" });
    const message = `${folder}/fox.jpg is a JPEG file, which cannot be transparent like this picture. Keep the picture as another file.`;
    assert.equal((await snapshot()).lastError?.message, message);
    assert.deepEqual(await bytesOf(uriInWorkspace(`${folder}/fox.jpg`)), before);
    await send({ type: "dismissError" });
  });

  it("show why they failed, at no cost, and try again with the same picture", async () => {
    const { prompt, ref } = await newPicture();
    let isRefused = true;
    faultProxy().setRule(({ taskType }) => {
      if (taskType !== "upscale" || !isRefused) return undefined;
      const errors = [{ code: "invalidImage", message: "The image is too blurred." }];
      return { answer: { status: 400, headers: {}, body: JSON.stringify({ errors }) } };
    });
    const { done } = await waitForInput("the tool", () => changeInPanel("upscale", ref));
    await enter();
    await done;
    const failed = await waitUntil("the job has failed", async () => {
      const job = await findJobView(prompt);
      return job?.state === "failed" && job;
    });
    assert.match(failed.failures[0]?.message ?? "", /The image is too blurred/);
    // There is no prompt to edit.
    assert.deepEqual(
      [failed.mayBeBilled, failed.tryAgainEstimate, failed.shape, failed.remedy],
      [false, 0.0013, "Upscale", undefined],
    );
    isRefused = false;
    await send({ type: "tryAgain", job: failed.id });
    const job = await waitForNewJob(prompt, failed.id);
    assert.deepEqual([job.shape, job.pictures[0]?.width], ["Upscaled 2×", 2048]);
  });

  it("explain that a picture does not exist any more when they are tried again", async () => {
    const { folder, hut } = await folderWithHut();
    const answer = {
      status: 400,
      headers: {},
      body: JSON.stringify({ errors: [{ code: "invalidImage", message: "No." }] }),
    };
    faultProxy().setRule(({ taskType }) => (taskType === "upscale" ? { answer } : undefined));
    const command = await runUntilInput("limn.upscaleImage", hut);
    await enter();
    await command.done;
    const failed = await waitUntil("the job has failed", async () => {
      const { jobs } = await snapshot();
      return jobs.find(({ references, state }) => state === "failed" && references[0] === `${folder}/red-hut.png`);
    });
    await rm(hut.fsPath);
    await send({ type: "tryAgain", job: failed.id });
    assert.match((await snapshot()).lastError?.message ?? "", /red-hut\.png could not be read/);
    await send({ type: "dismissError" });
  });
});
