import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { toCurl, toTypeScript } from "../../../src/core/request/codeSnippet.ts";
import { setUp } from "../support/setUp.ts";

const run = promisify(execFile);
const uuid = "1b4e28ba-2fa1-41d2-883f-b9a761bde3fb";

/** A prompt that breaks code without correct escaping. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: that it looks like one is the point.
const prompt = 'It\'s "quoted" $HOME `id` \\ ${x} </script> é\n🦊';

/** A job from the journal, and the set-up in which it was bought. */
async function buyJob() {
  const setup = await setUp();
  await setup.buy({ prompt });
  const job: Job = { ...(await setup.readJob()), endpoint: setup.faultProxy.url };
  return { setup, job, env: { PATH: process.env.PATH, RUNWARE_API_KEY: setup.sandbox.key } };
}

describe("A request as code", () => {
  it("is a curl command that a shell runs unchanged", async () => {
    const { setup, job, env } = await buyJob();
    const { stdout } = await run("sh", ["-c", toCurl(job, uuid)], { env });
    expect(JSON.parse(stdout).data[0]).toMatchObject({ taskUUID: uuid, cost: 0.028 });
    const [task] = JSON.parse(setup.faultProxy.requests.at(-1)?.body ?? "[]");
    expect(task).toMatchObject({ positivePrompt: prompt, deliveryMethod: "sync", width: 1024, outputQuality: 80 });
  });

  it("is TypeScript that Node runs unchanged", async () => {
    const { setup, job, env } = await buyJob();
    const file = join(setup.environment.folder, "request.mts");
    await writeFile(file, `${toTypeScript(job)}console.log(JSON.stringify({ data, errors }));\n`);
    const { stdout } = await run(process.execPath, [file], { env });
    expect(JSON.parse(stdout).data[0]).toMatchObject({ cost: 0.028 });
    const [task] = JSON.parse(setup.faultProxy.requests.at(-1)?.body ?? "[]");
    expect(task).toMatchObject({ positivePrompt: prompt });
    expect(task.taskUUID).not.toBe(job.taskUUID);
  });

  it("contains the variable instead of the key, and the names of references", async () => {
    const { setup, job } = await buyJob();
    const withReference = {
      ...job,
      endpoint: "sandbox",
      request: { ...job.request, references: [{ label: "images/it's.png", source: "file:///secret/it's.png" }] },
    };
    for (const text of [toCurl(withReference, uuid), toTypeScript(withReference)]) {
      expect(text).toContain("https://api.runware.ai/v1");
      expect(text).toContain("RUNWARE_API_KEY");
      expect(text).toContain("<data URI of images/it");
      expect(text).not.toContain(setup.sandbox.key);
      expect(text).not.toContain("/secret/");
    }
  });
});
