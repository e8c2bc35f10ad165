import { beforeAll, describe, expect, it } from "vitest";
import type { JobView } from "../../src/protocol.ts";
import { jobView, pictureView, snapshot } from "./harness/fixtures.ts";
import { openPanel, type Panel } from "./harness/harness.ts";
import { intentsOf } from "./harness/locators.ts";
import { checkAndClose } from "./harness/useHarness.ts";

let panel: Panel;

beforeAll(async () => {
  panel = await openPanel(snapshot());
});
checkAndClose(() => panel);

/** Shows kept pictures only: the list of all pictures shows the jobs that are waited for itself. */
async function showKept({ page, send }: Panel): Promise<void> {
  await send(snapshot());
  await send(snapshot({ jobs: [jobView(9)] }));
  await page.getByRole("radio", { name: "Kept", exact: true }).focus();
  await page.keyboard.press("Space");
  await page.getByText("No picture is kept yet. K keeps the selected one.").waitFor();
}

/** Shows only these jobs; the queue keeps no earlier ones. */
async function open(jobs: readonly JobView[]) {
  await showKept(panel);
  await panel.send(snapshot({ jobs }));
  await panel.forgetIntents();
  return panel.page.locator("limn-job-list");
}

const running = (fields: Partial<JobView> = {}): JobView =>
  jobView(1, { state: "running", isFollowed: true, pictures: [], ...fields });
const failed = (fields: Partial<JobView> = {}): JobView => {
  const { cost: _, ...job } = jobView(1, { state: "failed", pictures: [], ...fields });
  return job;
};
const pendingPicture = { id: "lost", kept: [], isStarred: false, isUnsafe: false, notes: [] };
const lostPicture = { ...pendingPicture, problem: "The connection was cut." };

/** What a job says of itself, and the buttons it has. */
const cases: readonly [string, JobView, string, readonly string[]][] = [
  ["sending", running({ state: "sending" }), "Sending…", ["Stop Waiting"]],
  ["waiting to be sent", running({ state: "sending", isUnsent: true }), "Waiting to be sent…", ["Withdraw"]],
  ["running", running({ count: 4 }), "Making 4 pictures…", ["Stop Waiting"]],
  [
    "running with first pictures",
    running({ count: 4, pictures: [pictureView(1, 1)] }),
    "1 of 4 pictures arrived…",
    ["Stop Waiting"],
  ],
  [
    "running with a picture that is made",
    running({ count: 1, pictures: [pendingPicture] }),
    "Fetching 1 picture…",
    ["Stop Waiting"],
  ],
  [
    "looking for a picture whose link has expired",
    running({ count: 1, pictures: [lostPicture] }),
    "Looking for 1 picture…",
    ["Stop Waiting"],
  ],
  ["not waited for", running({ isFollowed: false }), "Waiting stopped in this window", ["Check Again", "Forget"]],
  [
    "unknown",
    running({ state: "unknown", isFollowed: false, mayBeBilled: true }),
    "Outcome unknown, may have been billed",
    ["Check Again", "Forget"],
  ],
  [
    "unknown in the sandbox",
    running({ state: "unknown", isFollowed: false, isSandbox: true }),
    "Outcome unknown",
    ["Check Again", "Forget"],
  ],
  [
    "failed after it was accepted",
    failed({ mayBeBilled: true }),
    "Failed, may have been billed",
    ["Try Again · about $0.056", "Forget"],
  ],
  ["failed", failed(), "Failed", ["Try Again · about $0.056", "Forget"]],
  ["failed in the sandbox", failed({ isSandbox: true }), "Failed", ["Try Again · about $0.056", "Forget"]],
  [
    "failed in the content filter",
    failed({ remedy: "edit" }),
    "Failed",
    ["Edit Prompt", "Try Again · about $0.056", "Forget"],
  ],
  [
    "failed because of another field",
    failed({ remedy: "edit", failures: [{ message: "Too large.", field: "size" }] }),
    "Failed",
    ["Edit Request", "Try Again · about $0.056", "Forget"],
  ],
  [
    "failed for an invalid key",
    failed({ remedy: "setApiKey" }),
    "Failed",
    ["Set API Key…", "Try Again · about $0.056", "Forget"],
  ],
  [
    "failed for lack of credits",
    failed({ remedy: "getKey" }),
    "Failed",
    ["Open Runware Account", "Try Again · about $0.056", "Forget"],
  ],
  [
    "done but for one picture that was not made",
    jobView(1, { count: 4, unmade: 1, tryAgainEstimate: 0.028 }),
    "3 of 4 pictures were made",
    ["Make the Missing One · about $0.028", "Dismiss"],
  ],
  [
    "done but for two pictures that were not made",
    jobView(1, { count: 4, unmade: 2 }),
    "2 of 4 pictures were made",
    ["Make the Missing 2 · about $0.056", "Dismiss"],
  ],
  [
    "short of a picture",
    jobView(1, { pictures: [pictureView(1, 1), lostPicture] }),
    "1 of 2 pictures not fetched yet",
    ["Check Again"],
  ],
];

describe("the queue of jobs", () => {
  it.each(cases)("shows the status of a job that is %s, and its actions", async (_, job, words, buttons) => {
    const jobs = await open([job]);
    await expect.poll(() => jobs.locator(".words").allInnerTexts()).toEqual([words]);
    expect(await jobs.locator(".actions vscode-button").allInnerTexts()).toEqual(buttons);
  });

  it("shows the cost of a failed job only if it may have been billed, and calls the sandbox free", async () => {
    const facts = async (job: JobView) => (await open([job])).locator(".facts").innerText();
    expect(await facts(failed())).not.toContain("$");
    expect(await facts(failed({ mayBeBilled: true }))).toContain("about $0.056");
    const inSandbox = await facts(running({ isSandbox: true }));
    expect(inSandbox).toContain("free in the sandbox");
    expect(inSandbox).not.toContain("$");
  });

  it("does not show finished jobs", async () => {
    const jobs = await open([jobView(1), jobView(2)]);
    expect(await jobs.locator("li").count()).toBe(0);
    expect(await jobs.evaluate((element) => element.getBoundingClientRect().height)).toBe(0);
  });

  it("sends an intent for each button", async () => {
    const jobs = await open([
      jobView(2, { state: "unknown", pictures: [] }),
      { ...failed(), id: "job-0003" },
      jobView(4, { pictures: [lostPicture] }),
      { ...failed({ remedy: "setApiKey" }), id: "job-0005" },
      { ...failed({ remedy: "edit" }), id: "job-0006" },
      { ...jobView(7, { count: 3, unmade: 1 }), id: "job-0007" },
    ]);
    for (const button of await jobs.locator(".actions vscode-button").all()) {
      await button.click();
    }
    expect(await panel.intents()).toEqual([
      { type: "checkAgain", job: "job-0002" },
      { type: "forget", job: "job-0002" },
      { type: "tryAgain", press: expect.any(String), job: "job-0003" },
      { type: "forget", job: "job-0003" },
      { type: "checkAgain", job: "job-0004" },
      { type: "command", command: "setApiKey" },
      { type: "tryAgain", press: expect.any(String), job: "job-0005" },
      { type: "forget", job: "job-0005" },
      { type: "reuse", job: "job-0006" },
      { type: "tryAgain", press: expect.any(String), job: "job-0006" },
      { type: "forget", job: "job-0006" },
      { type: "makeUnmade", press: expect.any(String), job: "job-0007" },
      { type: "dismissUnmade", job: "job-0007" },
    ]);
  });

  it("offers to withdraw unsent jobs, one or all, next to Stop Waiting for all", async () => {
    const unsent = (n: number) => ({ ...running({ state: "sending", isUnsent: true }), id: `job-000${n}` });
    const jobs = await open([unsent(3), unsent(2), running()]);
    await expect
      .poll(() => jobs.locator("header vscode-button").allInnerTexts())
      .toEqual(["Withdraw Unsent (2)", "Stop Waiting for All (3)"]);
    await jobs.locator("header vscode-button").first().click();
    await jobs.locator(".actions vscode-button").first().click();
    expect(await panel.intents()).toEqual([{ type: "withdraw" }, { type: "withdraw", job: "job-0003" }]);
    await expect(jobs.locator("vscode-progress-bar").count()).resolves.toBe(1);
  });

  it("shows the task's UUID and copies it", async () => {
    const jobs = await open([running()]);
    expect(await jobs.locator(".facts").getAttribute("title")).toBe("Task UUID: job-0001");
    await jobs.getByRole("button", { name: "Copy task UUID: A fox in the snow" }).click();
    expect(await panel.intents()).toEqual([{ type: "copyTaskUuid", job: "job-0001" }]);
  });

  it("tries again once for a double click or a held key, and disables the button until the host has handled it", async () => {
    const jobs = await open([failed({ id: "job-0011" }), failed({ id: "job-0012", isSandbox: true })]);
    const [first, second] = [
      jobs.locator(".actions vscode-button").first(),
      jobs.locator(".actions vscode-button").nth(2),
    ];
    await first.dblclick();
    await second.focus();
    for (let held = 0; held < 30; held++) {
      await panel.page.keyboard.down("Enter");
    }
    await panel.page.keyboard.up("Enter");
    const presses = await intentsOf(panel, "tryAgain");
    expect(presses.map(({ job }) => job)).toEqual(["job-0011", "job-0012"]);
    expect(await first.getAttribute("aria-disabled")).toBe("true");
    expect(await first.innerText()).toBe("Preparing…");
    const [press] = presses;
    const handled = [{ id: press?.press ?? "", job: "job-0011", isHandled: true }];
    await panel.send(snapshot({ jobs: [failed({ id: "job-0011" })], presses: handled }));
    expect(await first.innerText()).toBe("Try Again · about $0.056");
    await first.focus();
    await panel.page.keyboard.down("Enter");
    const again = { id: (await intentsOf(panel, "tryAgain"))[2]?.press ?? "", job: "job-0011", isHandled: true };
    await panel.send(snapshot({ jobs: [failed({ id: "job-0011" })], presses: [...handled, again] }));
    await first.focus();
    await panel.page.keyboard.down("Enter");
    await panel.page.keyboard.up("Enter");
    expect(await intentsOf(panel, "tryAgain")).toHaveLength(3);
  });

  it("works the same by keyboard", async () => {
    const jobs = await open([running()]);
    await jobs.getByRole("button", { name: "Stop Waiting" }).focus();
    await panel.page.keyboard.press("Enter");
    expect(await panel.intents()).toEqual([{ type: "stopWaiting", job: "job-0001" }]);
  });

  it("stops waiting for all jobs at once if there is more than one", async () => {
    const jobs = await open([running(), running({ id: "job-0002" }), failed({ id: "job-0003" })]);
    await jobs.getByRole("button", { name: "Stop Waiting for All (2)" }).click();
    await jobs.getByRole("button", { name: "Stop Waiting: A fox in the snow, number 1" }).first().click();
    expect(await panel.intents()).toEqual([{ type: "stopWaiting" }, { type: "stopWaiting", job: "job-0001" }]);
    await panel.send(snapshot({ jobs: [running()] }));
    expect(await jobs.locator("header vscode-button").count()).toBe(0);
  });

  it("says that stopped requests are billed, unless all of them are of the sandbox", async () => {
    const title = async (jobs: readonly JobView[]) =>
      (await open([...jobs])).getByRole("button", { name: "Stop Waiting for All (2)" }).getAttribute("title");
    const free = [running({ isSandbox: true }), running({ id: "job-0002", isSandbox: true })];
    expect(await title(free)).toBe("The requests go on; check again later for their pictures.");
    expect(await title([...free, failed({ id: "job-0003" })])).not.toContain("billed");
    expect(await title([running(), running({ id: "job-0002", isSandbox: true })])).toContain("billed all the same");
  });

  it("shows today's price of trying again, by the service in use now", async () => {
    const buttons = async (job: JobView, content = snapshot()) => {
      const jobs = await open([]);
      await panel.send({ ...content, jobs: [job] });
      await jobs.locator("li").waitFor();
      const button = jobs.locator(".actions vscode-button").first();
      return [await button.innerText(), await button.getAttribute("title")];
    };
    const newPurchase = "Trying again is a new purchase.";
    const dearer = failed({ estimate: 0.028, tryAgainEstimate: 0.056 });
    expect(await buttons(dearer)).toEqual(["Try Again · about $0.056", newPurchase]);
    expect(await buttons({ ...dearer, isSandbox: true })).toEqual(["Try Again · about $0.056", newPurchase]);
    const { tryAgainEstimate: _, ...unknownModel } = failed({ model: "acme:swan@9" });
    expect(await buttons(unknownModel)).toEqual(["Try Again", newPurchase]);
    const inSandbox = snapshot({ engine: { kind: "sandbox", isReady: true } });
    expect(await buttons(dearer, inSandbox)).toEqual(["Try Again", "Trying again is free in the sandbox."]);
  });

  it("says once what trying again costs", async () => {
    const message = "The model's provider failed. Trying again is free in the sandbox.";
    const jobs = await open([failed({ isSandbox: true, failures: [{ message }] })]);
    expect((await jobs.locator("li").innerText()).match(/rying again/g)).toHaveLength(1);
  });

  it("wraps a label that is wider than the panel", async () => {
    const jobs = await open([jobView(1, { count: 4, unmade: 3, tryAgainEstimate: 0.084 })]);
    await panel.page.setViewportSize({ width: 240, height: 800 });
    const fits = () =>
      jobs.locator(".actions vscode-button").evaluateAll((buttons) =>
        buttons.every((button) => {
          const card = button.closest("li")?.getBoundingClientRect();
          const label = button.shadowRoot?.querySelector("[part=base]")?.getBoundingClientRect();
          return label !== undefined && card !== undefined && label.right <= card.right;
        }),
      );
    expect(await fits()).toBe(true);
    await panel.page.setViewportSize({ width: 400, height: 900 });
  });

  it("shows each reason once, in the service's words", async () => {
    const message = "The prompt is too long: 2600 characters of 2500.";
    const jobs = await open([
      failed({ failures: [{ message, field: "prompt" }, { message, field: "prompt" }, { message: "Try later." }] }),
    ]);
    expect(await jobs.locator(".problem").allInnerTexts()).toEqual([message, "Try later."]);
  });

  it("says that pictures which were not made may have been billed", async () => {
    const jobs = await open([jobView(1, { count: 3, unmade: 1, mayBeBilled: true, failures: [{ message: "No." }] })]);
    expect(await jobs.locator(".problem").allInnerTexts()).toEqual(["No.", "What is missing may have been billed."]);
  });

  it("shows the notes of a job without stored pictures", async () => {
    const jobs = await open([jobView(1, { count: 3, pictures: [lostPicture], notes: ["1 of 3 pictures were made."] })]);
    expect(await jobs.locator(".problem").allInnerTexts()).toEqual([
      "1 of 3 pictures were made.",
      "The connection was cut.",
    ]);
  });

  it("shows the progress that the service reports", async () => {
    const jobs = await open([running({ progress: 42 })]);
    const bar = jobs.getByRole("progressbar");
    expect(await bar.getAttribute("aria-valuenow")).toBe("42");
    expect(await jobs.locator(".percent").innerText()).toBe("42 %");
    await panel.send(snapshot({ jobs: [running()] }));
    expect(await bar.getAttribute("aria-valuenow")).toBeNull();
    expect(await jobs.locator(".percent").count()).toBe(0);
  });

  it("shows the time since the last change instead of a percentage that does not change", async () => {
    const long = { lastActivityAt: Date.now() - 125_000, progress: 99 };
    const jobs = await open([running(long)]);
    await expect.poll(() => jobs.locator(".words").innerText()).toMatch(/^Still working, no change for 2 min \d+ s$/u);
    expect(await jobs.locator(".percent").count()).toBe(0);
    expect(await jobs.getByRole("progressbar").getAttribute("aria-valuenow")).toBeNull();
    await panel.send(snapshot({ jobs: [running({ ...long, state: "sending" })] }));
    await expect.poll(() => jobs.locator(".words").innerText()).toMatch(/^Still sending, no change for 2 min/u);
    await panel.send(snapshot({ jobs: [running({ lastActivityAt: Date.now(), progress: 99 })] }));
    await expect.poll(() => jobs.locator(".percent").innerText()).toBe("99 %");
    // No window follows these, so no activity is expected.
    await panel.send(snapshot({ jobs: [running({ ...long, isFollowed: false })] }));
    await expect.poll(() => jobs.locator(".words").innerText()).toBe("Waiting stopped in this window");
  });

  it("shows the direction characters of a prompt, and does not apply them", async () => {
    const jobs = await open([running({ prompt: "cod\u202Egpj.js" })]);
    const prompt = jobs.locator(".prompt");
    expect([await prompt.innerText(), await prompt.getAttribute("title")]).toEqual([
      ...["cod‹U+202E›gpj.js", "cod‹U+202E›gpj.js"],
    ]);
  });

  it("shows thumbnails as they arrive", async () => {
    const jobs = await open([running({ count: 2 })]);
    expect(await jobs.locator("img").count()).toBe(0);
    await panel.send(snapshot({ jobs: [running({ count: 2, pictures: [pictureView(1, 1)] })] }));
    await expect
      .poll(() => jobs.locator("img").evaluateAll((all) => all.map((image) => Reflect.get(image, "naturalWidth"))))
      .toEqual([272]);
  });

  it("counts the seconds only while it waits", async () => {
    const start = Date.UTC(2026, 10, 22, 12);
    const clocked = await openPanel(snapshot());
    const { page } = clocked;
    await showKept(clocked);
    await page.clock.install({ time: start });
    const jobs = page.locator("limn-job-list");
    await page.clock.pauseAt(start + 1000);
    const show = async (job: JobView) => {
      await clocked.post(snapshot({ jobs: [job] }));
      await jobs.locator("li").waitFor();
    };
    await show(running({ createdAt: start }));
    await expect.poll(() => jobs.locator(".facts").innerText()).toMatch(/^1 s ·/u);
    await page.clock.runFor(64_000);
    await expect.poll(() => jobs.locator(".facts").innerText()).toMatch(/^1 min 5 s ·/u);
    await show(running({ createdAt: start, isFollowed: false }));
    await expect.poll(() => jobs.locator(".facts").innerText()).toMatch(/^12:00 PM ·/u);
    // Closed, because the stopped clock would affect later tests.
    await page.context().close();
  });

  it("announces the end of a job once", async () => {
    await open([running({ count: 2 }), running({ id: "job-0002" }), running({ id: "job-0003" })]);
    const spoken = panel.page.locator(".announcer");
    await panel.send(
      snapshot({
        jobs: [
          jobView(1),
          jobView(2, { state: "failed", pictures: [], failures: [{ message: "Refused." }] }),
          jobView(3, { state: "unknown", pictures: [], mayBeBilled: true }),
        ],
      }),
    );
    await expect
      .poll(() => spoken.innerText())
      .toBe(
        "2 pictures arrived: A fox in the snow, number 1. Failed: A fox in the snow, number 2. Refused. " +
          "Outcome unknown: A fox in the snow, number 3. It may have been billed.",
      );
  });

  it.each([
    ["markup", "<img src=x onerror=\"document.title='broken'\">"],
    ["right-to-left text", "שועל אדום בשלג"],
    ["emoji", "🦊👨‍👩‍👧‍👦 in the snow"],
  ])("shows a prompt of %s as text", async (_, prompt) => {
    const jobs = await open([running({ prompt }), failed({ id: "job-0002", failures: [{ message: prompt }] })]);
    expect(await jobs.locator(".prompt").first().innerText()).toBe(prompt);
    expect(await jobs.locator(".problem").innerText()).toBe(prompt);
    expect(await jobs.locator("img").count()).toBe(0);
    expect(panel.errors).toEqual([]);
  });

  it("shows the beginning of a prompt of 2500 characters, and stays within its width", async () => {
    const jobs = await open([running({ prompt: "x".repeat(2500) })]);
    expect(await jobs.locator(".prompt").innerText()).toMatch(/^x{159}…$/u);
    const [inner, outer] = await jobs.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(inner).toBe(outer);
  });

  it("stays within a narrow panel if the id of a model has no place to break", async () => {
    const narrow = await openPanel(snapshot(), { width: 260 });
    try {
      await showKept(narrow);
      await narrow.send(snapshot({ jobs: [running({ model: "runware:1234567890@1234567890" })] }));
      await narrow.page.locator("limn-job-list").getByText("runware:1234567890@1234567890").waitFor();
      const row = narrow.page.locator("limn-job-list .job");
      expect(await row.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    } finally {
      await narrow.close();
    }
  });
});
