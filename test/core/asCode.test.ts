import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { asCurl, asTypeScript } from "../../src/core/asCode.ts";
import type { Job } from "../../src/core/job.ts";
import { kling } from "../../src/core/kling.ts";
import { openHouse } from "./support.ts";

const run = promisify(execFile);
const uuid = "1b4e28ba-2fa1-41d2-883f-b9a761bde3fb";

/** A prompt that a careless text of code would break at. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: that it looks like one is the point.
const prompt = 'It\'s "quoted" $HOME `id` \\ ${x} </script> é\n🦊';

/** A job as the journal has it, and the house it was bought in. */
async function bought() {
  const house = await openHouse();
  await house.buy({ prompt });
  const job: Job = { ...(await house.job()), endpoint: house.front.url };
  return { house, job, env: { PATH: process.env.PATH, RUNWARE_API_KEY: house.sandbox.key } };
}

describe("a request as code", () => {
  it("is a curl command that a shell runs as it stands", async () => {
    const { house, job, env } = await bought();
    const { stdout } = await run("sh", ["-c", asCurl(job, kling, uuid)], { env });
    expect(JSON.parse(stdout).data[0]).toMatchObject({ taskUUID: uuid, cost: 0.028 });
    const [task] = JSON.parse(house.front.seen.at(-1)?.body ?? "[]");
    expect(task).toMatchObject({ positivePrompt: prompt, deliveryMethod: "sync", width: 1024, outputQuality: 80 });
  });

  it("is TypeScript that Node runs as it stands", async () => {
    const { house, job, env } = await bought();
    const file = join(house.world.folder, "request.mts");
    await writeFile(file, `${asTypeScript(job, kling)}console.log(JSON.stringify({ data, errors }));\n`);
    const { stdout } = await run(process.execPath, [file], { env });
    expect(JSON.parse(stdout).data[0]).toMatchObject({ cost: 0.028 });
    const [task] = JSON.parse(house.front.seen.at(-1)?.body ?? "[]");
    expect(task).toMatchObject({ positivePrompt: prompt });
    expect(task.taskUUID).not.toBe(job.taskUUID);
  });

  it("names the key only by its variable, and references by their names", async () => {
    const { house, job } = await bought();
    const withReference = {
      ...job,
      endpoint: "sandbox",
      request: { ...job.request, references: [{ label: "images/it's.png", source: "file:///secret/it's.png" }] },
    };
    for (const text of [asCurl(withReference, kling, uuid), asTypeScript(withReference, kling)]) {
      expect(text).toContain("https://api.runware.ai/v1");
      expect(text).toContain("RUNWARE_API_KEY");
      expect(text).toContain("<data URI of images/it");
      expect(text).not.toContain(house.sandbox.key);
      expect(text).not.toContain("/secret/");
    }
  });
});
