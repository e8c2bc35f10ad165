import { describe, expect, it } from "vitest";
import { type PanelState, receive } from "../../src/panel/panelState.ts";
import type { Intent } from "../../src/protocol.ts";
import { jobView, jobViews, pictureView, promptView, snapshot } from "./harness/fixtures.ts";
import { type PanelContent, PanelHost } from "./harness/panelHost.ts";

/** A page without its elements: it receives what the host sends. */
class Page {
  readonly host: PanelHost;
  readonly bytes: number[] = [];
  #state: PanelState | undefined;
  #queryNumber = 0;

  constructor(content: PanelContent) {
    this.host = new PanelHost(content);
    this.ask({ type: "ready" });
  }

  get state(): PanelState {
    if (this.#state === undefined) throw new Error("The page has no snapshot yet.");
    return this.#state;
  }

  ask(intent: Intent): void {
    for (const message of this.host.receive(intent)) this.#receive(message);
  }

  showSheet(fields: Partial<Extract<Intent, { type: "showSheet" }>> = {}): void {
    this.#queryNumber++;
    const rows = { columns: 3, first: 0, count: 100 };
    this.ask({ type: "showSheet", queryNumber: this.#queryNumber, text: "", filter: "all", ...rows, ...fields });
  }

  /** Changes what the host knows; returns the names of the fields that it sends. */
  change(content: PanelContent): readonly string[] {
    this.host.show(content);
    return this.host.messages().flatMap((message) => {
      this.#receive(message);
      return Object.keys(message.changed);
    });
  }

  #receive(message: Parameters<typeof receive>[1]): void {
    const text = JSON.stringify(message);
    this.bytes.push(text.length);
    this.#state = receive(this.#state, JSON.parse(text));
  }
}

describe("what the page is sent", () => {
  it("is the form first, and the pictures when the page asks for them", () => {
    const page = new Page(snapshot({ jobs: jobViews(3) }));
    expect(page.state.model.id).toBe(snapshot().model.id);
    expect([page.state.queue?.total, page.state.sheet, page.state.jobs.size]).toEqual([0, undefined, 0]);
    page.showSheet();
    expect([page.state.sheet?.tileCount, page.state.places, page.state.jobs.size]).toEqual([6, { queryNumber: 1 }, 3]);
  });

  it("is only the fields that have changed, and none if nothing has", () => {
    const page = new Page(snapshot());
    expect(page.change(snapshot())).toEqual([]);
    expect(page.change(snapshot({ vaultBytes: 12, lastError: { message: "No." } }))).toEqual([
      "vaultBytes",
      "lastError",
    ]);
    expect(page.state.lastError).toEqual({ message: "No." });
    expect(page.change(snapshot({ vaultBytes: 12 }))).toEqual([]);
    expect(page.state).not.toHaveProperty("lastError");
  });

  it("is one job for the progress of a job, whatever number of jobs there is", () => {
    const running = (progress: number) => jobView(0, { state: "running", isFollowed: true, pictures: [], progress });
    const bytes = [10, 3000].map((count) => {
      const others = jobViews(count);
      const page = new Page(snapshot({ jobs: [running(1), ...others] }));
      page.showSheet();
      expect(page.change(snapshot({ jobs: [running(42), ...others] }))).toEqual([]);
      expect(page.state.jobs.get(running(1).id)?.progress).toBe(42);
      return page.bytes.at(-1) ?? 0;
    });
    expect(bytes[0]).toBe(bytes[1]);
    expect(bytes[0]).toBeLessThan(1000);
  });

  it("stays small if a job is added to thousands, or one of them changes", () => {
    const others = jobViews(5000);
    const page = new Page(snapshot({ jobs: others }));
    page.showSheet({ count: 200 });
    page.change(snapshot({ jobs: [jobView(0), ...others] }));
    expect(page.bytes.at(-1)).toBeLessThan(64_000);
    const kept = others.map((job, index) =>
      index === 4000 ? { ...job, pictures: [pictureView(4001, 1, { kept: ["a.jpg"] })] } : job,
    );
    page.change(snapshot({ jobs: [jobView(0), ...kept] }));
    expect(page.bytes.at(-1)).toBeLessThan(64_000);
    // The page announces what its user did, so it gets the job although it does not show it.
    expect(page.state.jobs.get("job-4001")?.pictures[0]?.kept).toEqual(["a.jpg"]);
  });

  it("has at most a hundred jobs of the queue, and their number", () => {
    const failed = jobViews(300).map((job) => ({ ...job, state: "failed" as const, pictures: [] }));
    const page = new Page(snapshot({ jobs: failed }));
    expect([page.state.queue?.jobs.length, page.state.queue?.total, page.state.jobs.size]).toEqual([100, 300, 100]);
  });

  it("names the jobs that have ended, each once, also beyond the hundredth", () => {
    const open = jobViews(120).map((job) => ({ ...job, state: "running" as const, isFollowed: true, pictures: [] }));
    const page = new Page(snapshot({ jobs: open }));
    const last = jobView(120);
    const ended = open.map((job) => (job.id === last.id ? last : job));
    page.change(snapshot({ jobs: ended }));
    expect(page.state.ended).toEqual([last.id]);
    expect(page.state.jobs.get(last.id)?.state).toBe("done");
    page.change(snapshot({ jobs: ended, vaultBytes: 5 }));
    expect(page.state.ended).toEqual([]);
  });

  it("has no jobs that the page does not show any more", () => {
    const page = new Page(snapshot({ jobs: jobViews(50) }));
    page.showSheet({ count: 20 });
    page.showSheet({ first: 60, count: 20 });
    const shown = page.state.sheet?.groups.map(({ job }) => job) ?? [];
    expect([...page.state.jobs.keys()].sort()).toEqual([...shown].sort());
  });

  it("has the prompts only while their list is open", () => {
    const prompts = { saved: [promptView(1, { name: "Fox" })], history: [promptView(2), promptView(3)] };
    const page = new Page(snapshot(prompts));
    expect([page.state.prompts, page.state.savedPrompts]).toEqual([undefined, 1]);
    page.ask({ type: "findPrompts", search: "number 3" });
    expect(page.state.prompts).toEqual({ search: "number 3", saved: [], history: [promptView(3)], more: 0 });
    page.ask({ type: "findPrompts" });
    expect(page.state).not.toHaveProperty("prompts");
  });

  it("is everything again for a page that is shown again", () => {
    const page = new Page(snapshot({ jobs: jobViews(3) }));
    page.showSheet();
    page.ask({ type: "ready" });
    expect([page.state.sheet, page.state.jobs.size]).toEqual([undefined, 0]);
    page.showSheet();
    expect(page.state.jobs.size).toBe(3);
  });
});
