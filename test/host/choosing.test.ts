import assert from "node:assert/strict";
import { until } from "./commands.ts";
import { filesBelow, jobsOf, namesIn, vaultFolder } from "./files.ts";
import { down, enter, enterTimes, enterUntilDone, isChoosing, leave, toggle, up } from "./quickInput.ts";
import { askAbout } from "./selection.ts";
import { record } from "./service.ts";

/** Starts the flow and walks to the number of pictures. */
async function walkToNumber(prompt: string) {
  const asking = await askAbout(prompt);
  await enterTimes(2);
  return asking;
}

/** Orders two pictures and waits until they are there to choose from. */
async function orderTwo(prompt: string) {
  const asking = await walkToNumber(prompt);
  await down();
  await enterTimes(2);
  await until("there is something to choose from", async () => isChoosing());
  return asking;
}

const savedAs = async (stem: string) => (await namesIn("images")).filter((name) => name.startsWith(stem));

describe("the choice among several pictures", () => {
  // What was chosen last comes first the next time, in other tests as well.
  afterEach(async () => {
    const asking = await walkToNumber("One vole");
    await up();
    await enter();
    await enterUntilDone(asking);
  });

  it("keeps the chosen ones; the others stay in the vault", async () => {
    const asking = await orderTwo("Two otters");
    await down();
    await toggle();
    const result = await enterUntilDone(asking);
    const names = await savedAs("two-otters");
    assert.deepEqual(names, ["two-otters.jpg"]);
    assert.match(JSON.stringify(result), /two-otters\.jpg"\],"cost":0\.056/);
    const [job] = await jobsOf("Two otters");
    assert.ok(job);
    assert.equal(job.settled, true);
    assert.deepEqual(job.pictures.map(({ kept }) => kept.length).sort(), [0, 1]);
    const vault = (await filesBelow(vaultFolder)).map(({ path }) => path);
    assert.ok(job.pictures.every(({ file = "?" }) => vault.some((path) => path.endsWith(file))));
    await until("the previews are closed", async () => !isChoosing());
  });

  it("keeps none with Escape, and leaves the job to be decided on later", async () => {
    const sent = record();
    const { done } = await orderTwo("Two seals");
    await leave();
    assert.deepEqual(await done, { files: [], cost: 0.056 });
    assert.deepEqual(await savedAs("two-seals"), []);
    const [job] = await jobsOf("Two seals");
    assert.deepEqual([job?.settled, job?.state], [undefined, "done"]);
    assert.equal(sent.requests("imageInference").length, 1);
    await until("the previews are closed", async () => !isChoosing());
  });

  it("waits where Enter comes before anything is chosen", async () => {
    const asking = await orderTwo("Two toads");
    await enter();
    assert.ok(isChoosing());
    await down();
    await toggle();
    await enterUntilDone(asking);
    assert.deepEqual(await savedAs("two-toads"), ["two-toads.jpg"]);
  });
});
