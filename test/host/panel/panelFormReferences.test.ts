import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Uri } from "vscode";
import { edit, fastOptions, generate, waitUntil } from "../support/commands.ts";
import { freshFolder, jobsFolder, readLogs } from "../support/files.ts";
import {
  clearReferences,
  draftOf,
  firstPicture,
  freshPrompt,
  generateAndWait,
  send,
  snapshot,
  waitForEnd,
} from "../support/panel.ts";
import { enter, pressEscape, typeText, waitForInput } from "../support/quickInput.ts";
import { faultProxy, recordRequests } from "../support/testService.ts";

/** Generates a picture and returns its UUID and its URL at the service. */
async function earlierPicture() {
  const job = await generateAndWait(freshPrompt("An earlier fox"));
  const { picture } = firstPicture(job);
  const stored: { pictures: { url?: string }[] } = JSON.parse(
    await readFile(join(jobsFolder, `${job.id}.json`), "utf8"),
  );
  const { imageUuid: uuid = "" } = picture;
  return { uuid, address: stored.pictures[0]?.url ?? "" };
}

const openAddressInput = () => waitForInput("addRemoteReference", () => send({ type: "addRemoteReference" }));

async function addRemoteReference(text: string): Promise<void> {
  const { done } = await openAddressInput();
  await typeText(text);
  await enter();
  await done;
}

const readStoredJob = (id: string) => readFile(join(jobsFolder, `${id}.json`), "utf8");

describe("references by URL or UUID", () => {
  beforeEach(clearReferences);
  after(clearReferences);

  it("are sent unchanged by a command, which accepts UUIDs and URLs, as text or Uri", async () => {
    const { uuid, address } = await earlierPicture();
    const sent = recordRequests();
    const path = `${freshFolder()}/fox`;
    await edit({ prompt: "At night", references: [uuid, address], resolution: "1k", path, deliveryMethod: "sync" });
    await edit({ prompt: "At dawn", references: [Uri.parse(address)], resolution: "1k", path, deliveryMethod: "sync" });
    assert.deepEqual(
      sent.tasks().map(({ inputs }) => inputs?.referenceImages),
      [[uuid, address], [address]],
    );
    await assert.rejects(
      async () => generate({ ...fastOptions, prompt: "At noon", references: ["https://"], path }),
      /cannot be a reference image|could not be read/,
    );
  });

  it("are added in the panel without dimensions, and sent again by Try Again", async () => {
    const { uuid, address } = await earlierPicture();
    await addRemoteReference(address);
    await addRemoteReference(uuid);
    const { references, referenceNote } = (await snapshot()).draft;
    assert.deepEqual(
      references.map(({ file }) => file),
      [undefined, undefined],
    );
    assert.equal(references[1]?.label, uuid);
    assert.equal(referenceNote.split(".")[0], "The service downloads 2 reference images itself");
    const [sent, prompt] = [recordRequests(), freshPrompt("At night [sandbox:refuse=invalidPositivePrompt]")];
    const job = await generateAndWait(prompt, { shape: "like-reference" });
    await send({ type: "tryAgain", job: job.id });
    await waitUntil("the request is sent again", async () => sent.tasks().length === 2);
    assert.deepEqual(
      sent.tasks().map(({ inputs }) => inputs?.referenceImages),
      [
        [address, uuid],
        [address, uuid],
      ],
    );
    await clearReferences();
    await send({ type: "reuse", job: job.id });
    assert.deepEqual(
      (await snapshot()).draft.references.map(({ id }) => id),
      references.map(({ id }) => id),
    );
  });

  it("do not reach files and log with credentials; Try Again explains that the URL was not stored", async () => {
    const secret = `${new URL(faultProxy().url).origin}/fox.png?X-Amz-Signature=very-secret-signature`;
    await addRemoteReference(secret);
    const [sent, prompt] = [recordRequests(), freshPrompt("At night")];
    await send({ type: "generate", draft: draftOf(prompt, { shape: { resolution: "1k" } }) });
    const job = await waitForEnd(prompt);
    assert.deepEqual(sent.tasks()[0]?.inputs?.referenceImages, [secret]);
    assert.match(job.references[0] ?? "", /\/fox\.png$/);
    await send({ type: "tryAgain", job: job.id });
    assert.match((await snapshot()).lastError?.message ?? "", /^Limn did not store where .*fox\.png comes from/);
    assert.equal(sent.tasks().length, 1);
    for (const text of [await readStoredJob(job.id), await readLogs(), JSON.stringify(await snapshot())]) {
      assert.ok(!text.includes("very-secret-signature"));
    }
  });

  it("are not added after Escape, nor from any other text", async () => {
    const { done } = await openAddressInput();
    await typeText("images/hut.png");
    await enter();
    await pressEscape();
    await done;
    assert.deepEqual([(await snapshot()).draft.references, (await snapshot()).lastError], [[], undefined]);
  });
});
