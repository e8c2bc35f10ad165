import { chmod, chown, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeDiskError } from "../../../src/core/diskError.ts";
import { isUnfinished, type Job } from "../../../src/core/jobs/job.ts";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import type { Jobs } from "../../../src/core/jobs/jobs.ts";
import { mountSmallDisk, mountUnavailableReason, withoutRoot } from "../../support/smallDisk.ts";
import {
  createJobRequest,
  fileName,
  isDownload,
  isPoll,
  neverAborted,
  readBytes,
  respondWith,
  setUp,
} from "../support/setUp.ts";

/** The reason a promise is rejected with. */
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "nothing",
    (error: unknown) => error,
  );

/** A set-up in which one folder is a mounted disk. */
async function setUpWithDisk(
  of: "journal" | "vault" | "pictures" | "fallback",
  bytes = 16_000_000,
  options: Parameters<typeof setUp>[0] = {},
) {
  const setup = await setUp(options);
  const disk = mountSmallDisk(join(setup.environment.folder, of), bytes);
  onTestFinished(() => disk.unmount());
  return { ...setup, disk };
}

const describeMountable = describe.skipIf(mountUnavailableReason !== undefined);

describeMountable("If the vault's disk", () => {
  test.each([
    ["is full", "fill"],
    ["can only be read", "setReadOnly"],
  ] as const)(
    "%s, a picture is kept anyway, stored in the fallback folder, and moved to the vault later",
    async (_, fault) => {
      const { sandbox, environment, jobs, buy, readJob, disk } = await setUpWithDisk("vault");
      await disk[fault](true);
      const { files } = await buy();
      const [picture] = (await readJob()).pictures;
      expect(files).toHaveLength(1);
      expect(picture?.fallbackPath).toBe(join(environment.folder, "fallback", picture?.file ?? ""));
      expect(await readFile(picture?.fallbackPath ?? "")).toEqual(await readBytes(files[0] ?? ""));
      expect(isUnfinished(await readJob())).toBe(true);

      disk.setReadOnly(false);
      await disk.clear();
      await jobs.checkAgain((await readJob()).taskUUID, neverAborted);
      expect(await environment.listFolder("fallback")).toEqual([]);
      expect(await environment.listFolder("vault")).toEqual([picture?.file]);
      expect((await readJob()).pictures[0]?.fallbackPath).toBeUndefined();
      expect(isUnfinished(await readJob())).toBe(false);
      expect(sandbox.ledger.taskCount).toBe(1);
    },
  );

  test("is full, and so is every other, the message says what to do, and Check Again works later", async () => {
    const { sandbox, environment, jobs, buy, readJob, disk } = await setUpWithDisk("vault");
    const fallbackDisk = mountSmallDisk(join(environment.folder, "fallback"), 16_000_000);
    onTestFinished(() => fallbackDisk.unmount());
    await disk.fill();
    await fallbackDisk.fill();
    expect(await failure(buy())).toMatchObject({
      kind: "files",
      billed: "maybe",
      message:
        "A picture could not be written into Limn's vault. The disk is full. It is paid for, and Runware keeps it for a while: repair the disk, then use “Check Again”.",
    });
    expect(await environment.listFolder("vault")).toEqual([".ballast"]);
    await disk.clear();
    expect((await jobs.checkAgain((await readJob()).taskUUID, neverAborted)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("is full, and so is every other, the message about a picture of the sandbox mentions no money", async () => {
    const { environment, buy, disk } = await setUpWithDisk("vault", 16_000_000, { endpointName: "sandbox" });
    const fallbackDisk = mountSmallDisk(join(environment.folder, "fallback"), 16_000_000);
    onTestFinished(() => fallbackDisk.unmount());
    await disk.fill();
    await fallbackDisk.fill();
    expect(await failure(buy())).toMatchObject({
      message:
        "A picture could not be written into Limn's vault. The disk is full. The sandbox draws it again for free: repair the disk, then use “Check Again”.",
    });
  });

  test("is full, nothing is written into a fallback folder that another user owns", async () => {
    const { environment, buy, disk } = await setUpWithDisk("vault");
    const plantedFolder = join(environment.folder, "fallback");
    await mkdir(plantedFolder);
    await chown(plantedFolder, 65_534, 65_534);
    await disk.fill();
    expect(await failure(buy())).toMatchObject({ kind: "files", billed: "maybe" });
    expect(await environment.listFolder("fallback")).toEqual([]);
  });

  test("is full, other jobs continue", async () => {
    const { environment, jobs, disk } = await setUpWithDisk("vault", 300_000);
    const prompts = ["One", "Two", "Three", "Four"];
    const outcomes = await Promise.all(
      prompts.map((prompt) => jobs.buy(createJobRequest(environment, { prompt }), neverAborted)),
    );
    expect(outcomes.flatMap(({ files }) => files)).toHaveLength(prompts.length);
    const there = [...(await environment.listFolder("vault")), ...(await environment.listFolder("fallback"))];
    expect(there.filter((name) => !name.startsWith("."))).toHaveLength(prompts.length);
    disk.setReadOnly(false);
  });
});

describeMountable("If the journal's disk", () => {
  test.each([
    ["is full", "fill", "The disk is full."],
    ["can only be read", "setReadOnly", "The disk is read-only."],
  ] as const)("%s, nothing is sent, and the message explains that", async (_, fault, reason) => {
    const { sandbox, environment, buy, sentTaskIds, disk } = await setUpWithDisk("journal");
    await disk[fault](true);
    expect(await failure(buy())).toMatchObject({
      kind: "files",
      billed: "no",
      message: `Nothing was sent, because Limn could not store the request. ${reason} Limn buys nothing until it can write to its own folder.`,
    });
    expect(sentTaskIds()).toEqual([]);
    expect(sandbox.ledger.taskCount).toBe(0);
    disk.setReadOnly(false);
    await disk.clear();
    expect((await environment.listFolder("journal")).filter((name) => !name.startsWith("."))).toEqual([]);
  });

  test("fills up during a request, its pictures are saved, and found again after a restart", async () => {
    const { sandbox, faultProxy, environment, jobs, buy, disk } = await setUpWithDisk("journal");
    let filled: Promise<void> | undefined;
    faultProxy.setRule((request) => {
      filled ??= isPoll(request) ? disk.fill() : undefined;
      return filled === undefined ? undefined : { holdUntil: filled };
    });
    const { job, files } = await buy({ count: 2 });
    expect(files.map(fileName)).toEqual(["lighthouse.jpg", "lighthouse-2.jpg"]);
    expect(jobs.journal.unwrittenReason(job.taskUUID)).toBe("The disk is full.");

    await disk.clear();
    const later = await environment.openWindow();
    expect(later.journal.get(job.taskUUID)?.pictures).not.toEqual(job.pictures);
    expect((await later.checkAgain(job.taskUUID, neverAborted)).files).toEqual(files);
    expect(await environment.listFolder("pictures")).toHaveLength(2);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
});

describeMountable("If the disks of journal and vault are full while pictures arrive", () => {
  /** A job whose two pictures are in the fallback folder and not in the journal on disk. */
  async function strand(keep: "all" | "ask") {
    const setup = await setUpWithDisk("journal");
    const { faultProxy, environment, disk, buy } = setup;
    const vault = mountSmallDisk(join(environment.folder, "vault"), 16_000_000);
    onTestFinished(() => vault.unmount());
    let filled: Promise<unknown> | undefined;
    faultProxy.setRule((request) => {
      filled ??= isPoll(request) ? Promise.all([disk.fill(), vault.fill()]) : undefined;
      return filled === undefined ? undefined : { holdUntil: filled.then(() => undefined) };
    });
    await buy({ count: 2 }, { keep });
    const clearDisks = async () => {
      await disk.clear();
      await vault.clear();
    };
    const { taskUUID } = await storedJob(environment.folder);
    // The service has forgotten the task by the next start.
    faultProxy.setRule((request) => (isDownload(request) ? respondWith("", 404) : respondWith({ data: [] })));
    return { ...setup, clearDisks, taskUUID };
  }

  /** The only job next to the file that fills the disk. */
  async function storedJob(folder: string): Promise<Job> {
    const [name = ""] = (await readdir(join(folder, "journal"))).filter((entry) => entry.endsWith(".json"));
    const job = parseJob(await readFile(join(folder, "journal", name), "utf8"));
    return job ?? expect.unreachable();
  }

  test.each(["all", "ask"] as const)(
    "they stay in the fallback folder and on the list after a restart, and are in the vault after the next (keep: %s)",
    async (keep) => {
      const { environment, clearDisks, taskUUID, sandbox } = await strand(keep);
      expect((await storedJob(environment.folder)).pictures).toEqual([]);
      const stranded = await environment.listFolder("fallback");
      expect(stranded).toHaveLength(2);

      const second = await environment.openWindow();
      await second.recover();
      const known = second.journal.get(taskUUID) ?? expect.unreachable();
      expect(isUnfinished(known)).toBe(true);
      expect(known.pictures.map(({ fallbackPath }) => fallbackPath)).toEqual(
        stranded.map((name) => join(environment.folder, "fallback", name)),
      );

      await clearDisks();
      const third = await environment.openWindow();
      const { job, files } = await third.checkAgain(taskUUID, neverAborted);
      expect([job.state, job.pictures.map(({ fallbackPath }) => fallbackPath)]).toEqual([
        "done",
        [undefined, undefined],
      ]);
      expect(await environment.listFolder("fallback")).toEqual([]);
      expect(await environment.listFolder("vault")).toEqual(stranded);
      expect(files).toHaveLength(keep === "all" ? 2 : 0);
      expect(sandbox.ledger.taskCount).toBe(1);
    },
  );

  test("and the service still lists them, they move from the fallback folder to the vault without a download", async () => {
    const { faultProxy, environment, clearDisks, taskUUID } = await strand("ask");
    faultProxy.setRule((request) => (isDownload(request) ? respondWith("", 404) : undefined));
    await clearDisks();
    const { job } = await (await environment.openWindow()).checkAgain(taskUUID, neverAborted);
    expect(job.pictures.map(({ cost, url }) => [typeof cost, typeof url])).toEqual([
      ["number", "string"],
      ["number", "string"],
    ]);
    expect(await environment.listFolder("vault")).toHaveLength(2);
    expect(await environment.listFolder("fallback")).toEqual([]);
  });

  test("and a file there is damaged, it stays there and does not count as the picture", async () => {
    const { faultProxy, environment, clearDisks, taskUUID } = await strand("ask");
    const [name = ""] = await environment.listFolder("fallback");
    await writeFile(join(environment.folder, "fallback", name), "half a pic");
    faultProxy.setRule(() => undefined);
    await clearDisks();
    const window = await environment.openWindow();
    await window.recover();
    expect(await environment.listFolder("fallback")).toEqual([name]);
    expect((await window.checkAgain(taskUUID, neverAborted)).job.pictures).toHaveLength(2);
    expect(await environment.listFolder("vault")).toHaveLength(2);
  });

  test("and an earlier version marked them as done without moving them, they move to the vault", async () => {
    const { faultProxy, environment, clearDisks, jobs, taskUUID } = await strand("ask");
    faultProxy.setRule(() => undefined);
    await clearDisks();
    await jobs.journal.update(taskUUID, (job) => ({
      ...job,
      pictures: job.pictures.map(({ fallbackPath: _, ...picture }) => picture),
    }));
    const later = await environment.openWindow();
    await later.recover();
    expect(await environment.listFolder("vault")).toHaveLength(2);
    expect(await environment.listFolder("fallback")).toEqual([]);
  });
});

describeMountable("If the workspace's disk", () => {
  test.each([
    ["is full", "fill", "The disk is full."],
    ["can only be read", "setReadOnly", "The disk is read-only."],
  ] as const)("%s, the picture stays in the vault and is saved later", async (_, fault, reason) => {
    const { sandbox, environment, jobs, buy, readJob, disk } = await setUpWithDisk("pictures");
    await disk[fault](true);
    expect(describeDiskError(await failure(buy()))).toBe(reason);
    expect(await environment.listFolder("vault")).toHaveLength(1);
    disk.setReadOnly(false);
    await disk.clear();
    expect(await environment.listFolder("pictures")).toEqual([]);
    expect((await jobs.checkAgain((await readJob()).taskUUID, neverAborted)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
});

describe("Without write permission", () => {
  /** Removes all write permissions of a folder. */
  async function forbid(folder: string) {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o555);
  }

  async function setUpWithoutRoot() {
    const setup = await setUp();
    await chown(setup.environment.folder, 65_534, 65_534).catch(() => undefined);
    return setup;
  }

  test("for the journal, nothing is sent", async () => {
    const { environment, buy, sentTaskIds } = await setUpWithoutRoot();
    await forbid(join(environment.folder, "journal"));
    const error = await withoutRoot(() => failure(buy()));
    expect(error).toMatchObject({
      message: expect.stringContaining("You do not have permission to do that."),
      billed: "no",
    });
    expect(sentTaskIds()).toEqual([]);
  });

  test("and without read permission for the journal, the message explains that, and the log names the folder", async () => {
    const { environment, jobs, buy, sentTaskIds } = await setUpWithoutRoot();
    await buy();
    const journal = join(environment.folder, "journal");
    await chmod(journal, 0);
    const message =
      "Limn cannot read a folder of its storage, which the log names. " +
      "You do not have permission to do that. Repair it and try again.";
    expect(await withoutRoot(() => failure(jobs.journal.load()))).toMatchObject({ kind: "unexpected", message });
    expect(await withoutRoot(() => failure(environment.openWindow()))).toMatchObject({ message });
    expect(environment.logLines.filter((line) => line.includes(`'${journal}'`))).toHaveLength(2);
    expect(await withoutRoot(() => failure(buy()))).toMatchObject({ kind: "files", billed: "no" });
    expect([jobs.journal.list().length, sentTaskIds().length]).toEqual([1, 1]);
    await chmod(journal, 0o755);
    await withoutRoot(() => jobs.journal.load());
    expect((await environment.openWindow()).journal.list()).toEqual(jobs.journal.list());
  });

  test("for the vault, the picture is stored in the fallback folder", async () => {
    const { environment, buy, readJob } = await setUpWithoutRoot();
    await forbid(join(environment.folder, "vault"));
    const { files } = await withoutRoot(() => buy());
    expect(files).toHaveLength(1);
    expect(await environment.listFolder("fallback")).toEqual([(await readJob()).pictures[0]?.file]);
  });

  test("for the workspace folder, the picture stays in the vault", async () => {
    const { environment, jobs, buy, readJob } = await setUpWithoutRoot();
    await forbid(join(environment.folder, "pictures"));
    expect(describeDiskError(await withoutRoot(() => failure(buy())))).toBe("You do not have permission to do that.");
    await chmod(join(environment.folder, "pictures"), 0o777);
    const { taskUUID } = await readJob();
    expect((await withoutRoot(() => jobs.checkAgain(taskUUID, neverAborted))).files).toHaveLength(1);
  });
});

describe("If a folder is deleted meanwhile", () => {
  test("it is created again: the vault before a picture arrives, the workspace folder before one is saved", async () => {
    const { faultProxy, environment, buy } = await setUp();
    faultProxy.setRule((request) => ({
      holdUntil: isPoll(request)
        ? Promise.all(
            ["vault", "pictures"].map((name) => rm(join(environment.folder, name), { recursive: true, force: true })),
          ).then(() => undefined)
        : Promise.resolve(),
    }));
    expect((await buy({ count: 2 })).files).toHaveLength(2);
    expect(await environment.listFolder("vault")).toHaveLength(2);
  });

  test("and it was the vault, a picture that was not kept is downloaded again", async () => {
    const { sandbox, environment, jobs, buy, readJob } = await setUp();
    await buy({}, { keep: "ask" });
    await rm(join(environment.folder, "vault"), { recursive: true });
    const [picture] = (await readJob()).pictures;
    const { taskUUID } = await readJob();
    expect(await failure(picture === undefined ? Promise.resolve() : jobs.keep(taskUUID, picture))).toMatchObject({
      message: "The picture is not in Limn's vault any more. Use “Check Again” while Runware still has it.",
    });
    expect((await readJob()).pictures).toMatchObject([{ id: picture?.id }]);
    expect((await readJob()).pictures[0]?.file).toBeUndefined();

    await jobs.checkAgain(taskUUID, neverAborted);
    const [again] = (await readJob()).pictures;
    expect(await jobs.keep(taskUUID, again ?? { id: "", kept: [] })).toContain("lighthouse.jpg");
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test.each([true, false])(
    "and it was the vault, a picture that was not kept is listed as missing (settled: %s)",
    async (settled) => {
      const { environment, jobs, buy, readJob } = await setUp();
      await buy({}, { keep: "ask" });
      const { taskUUID } = await readJob();
      if (settled) {
        await jobs.markSettled(taskUUID);
      }
      await rm(join(environment.folder, "vault"), { recursive: true });
      const later = await environment.openWindow();
      await later.recover();
      expect(
        later.journal
          .list()
          .filter(isUnfinished)
          .map((one) => one.taskUUID),
      ).toEqual([taskUUID]);
    },
  );

  test("and it was the vault, a new window downloads and saves the pictures still to be saved", async () => {
    const { sandbox, environment, buy, readJob } = await setUp();
    await mkdir(join(environment.folder, "pictures"), { recursive: true });
    await writeFile(join(environment.folder, "pictures", "inn"), "a file where a folder should be");
    const target = { folder: `${environment.picturesFolder}/inn` };
    expect(describeDiskError(await failure(buy({ count: 2 }, target)))).toBe(
      "A part of the path is a file, not a folder.",
    );
    await rm(join(environment.folder, "vault"), { recursive: true });
    await rm(join(environment.folder, "pictures", "inn"));
    const later = await environment.openWindow();
    expect((await later.checkAgain((await readJob()).taskUUID, neverAborted)).files).toHaveLength(2);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("and it was the vault, only the pictures not saved yet are missing", async () => {
    const { environment } = await setUp();
    const files = {
      ...environment.ports.files,
      async create(uri: string, name: string) {
        // The first picture may be copied before the second one has arrived.
        await expect
          .poll(() => jobs.journal.list()[0]?.pictures.filter((one) => one.file !== undefined))
          .toHaveLength(2);
        const isMade = await environment.ports.files.create(uri, name);
        await rm(join(environment.folder, "vault"), { recursive: true });
        return isMade;
      },
    };
    const jobs: Jobs = await environment.openWindow({ ...environment.ports, files });
    await failure(jobs.buy(createJobRequest(environment, { count: 2 }), neverAborted));
    const [saved, missed] = jobs.journal.list()[0]?.pictures ?? [];
    expect([saved?.kept.length, missed?.kept.length]).toEqual([1, 0]);
    expect([saved?.file, missed?.file]).toEqual([expect.stringMatching(/\.jpg$/), undefined]);
  });
});

describe("A file name", () => {
  test("that is taken between check and write gets a counter, and the other file stays", async () => {
    const { faultProxy, environment, buy } = await setUp();
    const taken = join(environment.folder, "pictures", "lighthouse.jpg");
    faultProxy.setRule(() => ({
      holdUntil: mkdir(join(environment.folder, "pictures"), { recursive: true }).then(() => writeFile(taken, "mine")),
    }));
    expect((await buy()).files.map(fileName)).toEqual(["lighthouse-2.jpg"]);
    expect(await readFile(taken, "utf8")).toBe("mine");
  });

  test.each([
    ["part", "f".repeat(300)],
    ["whole", Array.from({ length: 60 }, () => "f".repeat(100)).join("/")],
  ])("with too long a path (%s) leaves the picture in the vault, to be kept elsewhere", async (_, path) => {
    const { environment, jobs, buy, readJob } = await setUp();
    const error = await failure(buy({}, { folder: `${environment.picturesFolder}/${path}` }));
    expect(describeDiskError(error)).toBe("The name or the path is too long.");
    expect(await environment.listFolder("vault")).toHaveLength(1);
    const [picture = { id: "", kept: [] }] = (await readJob()).pictures;
    const target = { folder: environment.picturesFolder, name: "short", keep: "ask" } as const;
    expect(fileName(await jobs.keep((await readJob()).taskUUID, picture, target))).toBe("short.jpg");
  });

  test("that differs only in case gets a counter on a case-insensitive disk", async () => {
    const { environment, jobs } = await setUp();
    const { files } = environment.ports;
    // As on APFS and NTFS: one entry, in upper or lower case.
    const folded = (uri: string) => uri.replace(/[^/]*$/, (name) => name.toLowerCase());
    const window = await environment.openWindow({
      ...environment.ports,
      files: {
        size: (uri) => files.size(folded(uri)),
        create: (uri, name) => files.create(folded(uri), name),
        hasContentOf: (uri, name) => files.hasContentOf(folded(uri), name),
        replaceDraft: (uri, name) => files.replaceDraft(folded(uri), name),
      },
    });
    const first = await window.buy(createJobRequest(environment, {}, { name: "Fox" }), neverAborted);
    const second = await window.buy(
      createJobRequest(environment, { prompt: "Another one" }, { name: "fox" }),
      neverAborted,
    );
    expect([...first.files, ...second.files].map(fileName)).toEqual(["Fox.jpg", "fox-2.jpg"]);
    expect(await environment.listFolder("pictures")).toEqual(["fox-2.jpg", "fox.jpg"]);
    expect(jobs.journal.list()).toEqual([]);
  });
});
