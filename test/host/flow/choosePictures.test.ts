import assert from "node:assert/strict";
import { waitUntil } from "../support/commands.ts";
import { fileNamesIn, filesBelow, jobFilesOf, vaultFolder } from "../support/files.ts";
import { down, enter, enterTimes, enterUntilDone, isChoosing, pressEscape, toggle } from "../support/quickInput.ts";
import { generateFromSelection } from "../support/selection.ts";
import { recordRequests } from "../support/testService.ts";

/** Generates two pictures and waits for the choice between them. */
async function generateTwo(prompt: string) {
  const asking = await generateFromSelection(prompt);
  await enterTimes(2);
  await down();
  await enterTimes(2);
  await waitUntil("there is something to choose from", async () => isChoosing());
  return asking;
}

const imageNamesWith = async (stem: string) => (await fileNamesIn("images")).filter((name) => name.startsWith(stem));

describe("the choice among pictures", () => {
  it("keeps the chosen pictures and leaves the others in the vault", async () => {
    const asking = await generateTwo("Two otters");
    await down();
    await toggle();
    const result = await enterUntilDone(asking);
    const names = await imageNamesWith("two-otters");
    assert.deepEqual(names, ["two-otters.jpg"]);
    assert.match(JSON.stringify(result), /two-otters\.jpg"\],"cost":0\.056/);
    const [job] = await jobFilesOf("Two otters");
    assert.ok(job);
    assert.equal(job.settled, true);
    assert.deepEqual(job.pictures.map(({ kept }) => kept.length).sort(), [0, 1]);
    const vault = (await filesBelow(vaultFolder)).map(({ path }) => path);
    assert.ok(job.pictures.every(({ file = "?" }) => vault.some((path) => path.endsWith(file))));
    await waitUntil("the previews are closed", async () => !isChoosing());
  });

  it("keeps none after Escape, and leaves the job unsettled", async () => {
    const sent = recordRequests();
    const { done } = await generateTwo("Two seals");
    await pressEscape();
    assert.deepEqual(await done, { files: [], cost: 0.056 });
    assert.deepEqual(await imageNamesWith("two-seals"), []);
    const [job] = await jobFilesOf("Two seals");
    assert.deepEqual([job?.settled, job?.state], [undefined, "done"]);
    assert.equal(sent.requests("imageInference").length, 1);
    await waitUntil("the previews are closed", async () => !isChoosing());
  });

  it("stays open on Enter without a selection", async () => {
    const asking = await generateTwo("Two toads");
    await enter();
    assert.ok(isChoosing());
    await down();
    await toggle();
    await enterUntilDone(asking);
    assert.deepEqual(await imageNamesWith("two-toads"), ["two-toads.jpg"]);
  });
});
