import { rm } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { sandboxEndpointName } from "../../../src/core/money/realMoney.ts";
import { download } from "../../../src/core/pictures/pictureDownload.ts";
import type { Endpoint, Ports } from "../../../src/core/ports.ts";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { quickSandboxDeps } from "../../support/sandboxDeps.ts";
import { createEnvironment, createJobRequest, neverAborted } from "../support/setUp.ts";

/** Opens a sandbox without a port, and ports that record each use of the network, which fails. */
async function openInProcess() {
  const sandbox = await startSandbox({ ...quickSandboxDeps, delay: 0 });
  onTestFinished(() => sandbox.close());
  const { url, key, fetch } = sandbox;
  const endpoint: Endpoint = { name: sandboxEndpointName, url, key, fetch };
  const environment = await createEnvironment(endpoint);
  const networkAddresses: string[] = [];
  const ports: Ports = {
    ...environment.ports,
    endpoint: async () => endpoint,
    async fetch(address) {
      networkAddresses.push(address);
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("not found"), { code: "ENOTFOUND" }) });
    },
  };
  return { sandbox, endpoint, environment, ports, networkAddresses };
}

test("A purchase from the sandbox within the process uses no network", async () => {
  const { environment, ports, networkAddresses } = await openInProcess();
  const window = await environment.openWindow(ports);
  for (const form of [{}, { outputType: "dataURI" }, { deliveryMethod: "sync", outputType: "base64Data" }] as const) {
    const { files } = await window.buy(createJobRequest(environment, { count: 2, ...form }), neverAborted);
    expect(files).toHaveLength(2);
  }
  expect(networkAddresses).toEqual([]);
});

test("A request whose connection the sandbox cuts is followed to its end, and sent once", async () => {
  const { sandbox, environment, ports } = await openInProcess();
  const window = await environment.openWindow(ports);
  const jobRequest = createJobRequest(environment, { prompt: "A fox [sandbox:cut]" });
  const { job, files } = await window.buy(jobRequest, neverAborted);
  expect([files.length, sandbox.ledger.acceptedCount(job.taskUUID)]).toEqual([1, 1]);
  expect(sandbox.receivedTaskTypes.filter((type) => type === "imageInference")).toHaveLength(1);
});

test("A refusal of the sandbox names the sandbox, not Runware", async () => {
  const { environment, ports } = await openInProcess();
  const window = await environment.openWindow(ports);
  const codes = ["invalidPositivePrompt", "invalidApiKey", "failedToTransferImage", "somethingNew"];
  for (const code of codes) {
    const jobRequest = createJobRequest(environment, { prompt: `A fox [sandbox:refuse=${code}]` });
    await expect(window.buy(jobRequest, neverAborted)).rejects.toMatchObject({
      message: expect.stringMatching(/^The sandbox (?!.*Runware)/),
    });
  }
  // Sent, but failed later.
  const jobRequest = createJobRequest(environment, { prompt: "A fox [sandbox:error=invalidPositivePrompt]" });
  await expect(window.buy(jobRequest, neverAborted)).rejects.toMatchObject({
    message: expect.stringMatching(/^The sandbox refused the request/),
  });
});

test("A job with picture addresses at the port of an earlier version gets new ones by polling", async () => {
  const { sandbox, environment, ports, networkAddresses } = await openInProcess();
  const { job } = await (await environment.openWindow(ports)).buy(
    createJobRequest(environment, { count: 2 }),
    neverAborted,
  );
  const interrupted: Job = JSON.parse((await ports.journal.read(job.taskUUID)) ?? "");
  const oldAddresses = job.pictures.map(({ url = "" }) => url.replace(/^https:\/\/[^/]+/, "http://127.0.0.1:4711"));
  const pictures = job.pictures.map(({ id, imageUUID }, index) => ({
    id,
    imageUUID,
    url: oldAddresses[index],
    kept: [],
  }));
  await ports.journal.write(job.taskUUID, JSON.stringify({ ...interrupted, state: "running", pictures }));
  for (const folder of ["vault", "pictures"]) await rm(join(environment.folder, folder), { recursive: true });

  const later = await environment.openWindow(ports);
  const { job: resumed, files } = await later.checkAgain(job.taskUUID, neverAborted);
  expect(files).toHaveLength(2);
  expect(oldAddresses.every((address) => address.startsWith("http://127.0.0.1:4711/image/"))).toBe(true);
  const { origin } = new URL(sandbox.url);
  expect(resumed.pictures.map(({ url = "" }) => new URL(url).origin)).toEqual([origin, origin]);
  expect(networkAddresses).toEqual([]);
});

test("An address in the settings that names the sandbox's origin does not reach the sandbox", async () => {
  const { sandbox, environment, ports, networkAddresses } = await openInProcess();
  const { url, key } = sandbox;
  const window = await environment.openWindow({ ...ports, endpoint: async () => ({ name: url, url, key }) });
  const purchase = window.buy(createJobRequest(environment), neverAborted);
  await expect(purchase).rejects.toMatchObject({ kind: "offline", billed: "no" });
  expect(networkAddresses).toEqual([url]);
  expect(sandbox.receivedTaskTypes).toEqual([]);
});

test("The sandbox's endpoint never uses the network for a picture, wherever its link leads", async () => {
  const { endpoint, ports, networkAddresses } = await openInProcess();
  for (const address of ["https://im.runware.ai/a.jpg", "http://127.0.0.1:4711/a.jpg"]) {
    await expect(download(ports, endpoint, address, neverAborted, buffer)).rejects.toThrow();
  }
  expect(networkAddresses).toEqual([]);
});
