import { chmod, chown, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { describeDiskError } from "../../../src/core/diskError.ts";
import { isUnfinished, type Job, parseJob } from "../../../src/core/jobs/job.ts";
import { mountSmallDisk, mountUnavailableReason, withoutRoot } from "../../support/smallDisk.ts";
import { bytesAt, isDownload, isPoll, nameOf, never, openHouse, order, says } from "../support/setUp.ts";

/** What a promise was rejected with. */
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "nothing",
    (error: unknown) => error,
  );

/** A house of which one folder is a disk of its own. */
async function openHouseWithDisk(of: "journal" | "vault" | "pictures" | "refuge", bytes = 16_000_000) {
  const house = await openHouse();
  const disk = mountSmallDisk(join(house.world.folder, of), bytes);
  onTestFinished(() => disk.unmount());
  return { ...house, disk };
}

const mountable = describe.skipIf(mountUnavailableReason !== undefined);

mountable("Where the vault's disk", () => {
  test.each([
    ["is full", "fill"],
    ["can only be read", "setReadOnly"],
  ] as const)(
    "%s, a picture is kept all the same, lies in the refuge, and comes home when it can",
    async (_, trouble) => {
      const { sandbox, world, jobs, buy, job, disk } = await openHouseWithDisk("vault");
      await disk[trouble](true);
      const { files } = await buy();
      const [picture] = (await job()).pictures;
      expect(files).toHaveLength(1);
      expect(picture?.rescued).toBe(join(world.folder, "refuge", picture?.file ?? ""));
      expect(await readFile(picture?.rescued ?? "")).toEqual(await bytesAt(files[0] ?? ""));
      expect(isUnfinished(await job())).toBe(true);

      disk.setReadOnly(false);
      await disk.clear();
      await jobs.checkAgain((await job()).taskUUID, never);
      expect(await world.names("refuge")).toEqual([]);
      expect(await world.names("vault")).toEqual([picture?.file]);
      expect((await job()).pictures[0]?.rescued).toBeUndefined();
      expect(isUnfinished(await job())).toBe(false);
      expect(sandbox.ledger.taskCount).toBe(1);
    },
  );

  test("is full, and so is every other, the message says what to do, and the picture can be had later", async () => {
    const { sandbox, world, jobs, buy, job, disk } = await openHouseWithDisk("vault");
    const refuge = mountSmallDisk(join(world.folder, "refuge"), 16_000_000);
    onTestFinished(() => refuge.unmount());
    await disk.fill();
    await refuge.fill();
    expect(await failure(buy())).toMatchObject({
      kind: "files",
      billed: "maybe",
      message:
        "A picture could not be written into Limn's vault. The disk is full. It is paid for, and Runware keeps it for a while: repair the disk, then use “Check Again”.",
    });
    expect(await world.names("vault")).toEqual([".ballast"]);
    await disk.clear();
    expect((await jobs.checkAgain((await job()).taskUUID, never)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("is full, nothing is written into a refuge that somebody else has put up", async () => {
    const { world, buy, disk } = await openHouseWithDisk("vault");
    const planted = join(world.folder, "refuge");
    await mkdir(planted);
    await chown(planted, 65_534, 65_534);
    await disk.fill();
    expect(await failure(buy())).toMatchObject({ kind: "files", billed: "maybe" });
    expect(await world.names("refuge")).toEqual([]);
  });

  test("is full, other jobs go on", async () => {
    const { world, jobs, disk } = await openHouseWithDisk("vault", 300_000);
    const prompts = ["One", "Two", "Three", "Four"];
    const outcomes = await Promise.all(prompts.map((prompt) => jobs.buy(order(world, { prompt }), never)));
    expect(outcomes.flatMap(({ files }) => files)).toHaveLength(prompts.length);
    const there = [...(await world.names("vault")), ...(await world.names("refuge"))];
    expect(there.filter((name) => !name.startsWith("."))).toHaveLength(prompts.length);
    disk.setReadOnly(false);
  });
});

mountable("Where the journal's disk", () => {
  test.each([
    ["is full", "fill", "The disk is full."],
    ["can only be read", "setReadOnly", "The disk is read-only."],
  ] as const)("%s, nothing is sent, and the message says so", async (_, trouble, reason) => {
    const { sandbox, world, buy, sends, disk } = await openHouseWithDisk("journal");
    await disk[trouble](true);
    expect(await failure(buy())).toMatchObject({
      kind: "files",
      billed: "no",
      message: `Nothing was sent, because Limn could not store the request. ${reason} Limn buys nothing until it can write to its own folder.`,
    });
    expect(sends()).toEqual([]);
    expect(sandbox.ledger.taskCount).toBe(0);
    disk.setReadOnly(false);
    await disk.clear();
    expect((await world.names("journal")).filter((name) => !name.startsWith("."))).toEqual([]);
  });

  test("fills up once a request is under way, its pictures are saved, and found again after a restart", async () => {
    const { sandbox, front, world, jobs, buy, disk } = await openHouseWithDisk("journal");
    let filled: Promise<void> | undefined;
    front.setRule((seen) => {
      filled ??= isPoll(seen) ? disk.fill() : undefined;
      return filled === undefined ? undefined : { holdUntil: filled };
    });
    const { job, files } = await buy({ count: 2 });
    expect(files.map(nameOf)).toEqual(["lighthouse.jpg", "lighthouse-2.jpg"]);
    expect(jobs.journal.unwrittenReason(job.taskUUID)).toBe("The disk is full.");

    await disk.clear();
    const later = await world.open();
    expect(later.journal.get(job.taskUUID)?.pictures).not.toEqual(job.pictures);
    expect((await later.checkAgain(job.taskUUID, never)).files).toEqual(files);
    expect(await world.names("pictures")).toHaveLength(2);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
});

mountable("Where the disks of journal and vault are full while pictures arrive", () => {
  /** A job whose two pictures lie in the refuge, of which the journal on disk knows nothing. */
  async function strand(keep: "all" | "ask") {
    const house = await openHouseWithDisk("journal");
    const { front, world, disk, buy, job } = house;
    const vault = mountSmallDisk(join(world.folder, "vault"), 16_000_000);
    onTestFinished(() => vault.unmount());
    let filled: Promise<unknown> | undefined;
    front.setRule((seen) => {
      filled ??= isPoll(seen) ? Promise.all([disk.fill(), vault.fill()]) : undefined;
      return filled === undefined ? undefined : { holdUntil: filled.then(() => undefined) };
    });
    await buy({ count: 2 }, { keep });
    const room = async () => {
      await disk.clear();
      await vault.clear();
    };
    const { taskUUID } = await storedJob(world.folder);
    // The service has forgotten all of it by the next start.
    front.setRule((seen) => (isDownload(seen) ? says("", 404) : says({ data: [] })));
    return { ...house, job, room, taskUUID };
  }

  /** The only job, beside the ballast that fills the disk. */
  async function storedJob(folder: string): Promise<Job> {
    const [name = ""] = (await readdir(join(folder, "journal"))).filter((entry) => entry.endsWith(".json"));
    const job = parseJob(await readFile(join(folder, "journal", name), "utf8"));
    return job ?? expect.unreachable();
  }

  test.each(["all", "ask"] as const)(
    "they lie in the refuge, stay on the list over a restart, and come home after the next (keep: %s)",
    async (keep) => {
      const { world, room, taskUUID, sandbox } = await strand(keep);
      expect((await storedJob(world.folder)).pictures).toEqual([]);
      const stranded = await world.names("refuge");
      expect(stranded).toHaveLength(2);

      const second = await world.open();
      await second.recover();
      const known = second.journal.get(taskUUID) ?? expect.unreachable();
      expect(isUnfinished(known)).toBe(true);
      expect(known.pictures.map(({ rescued }) => rescued)).toEqual(
        stranded.map((name) => join(world.folder, "refuge", name)),
      );

      await room();
      const third = await world.open();
      const { job, files } = await third.checkAgain(taskUUID, never);
      expect([job.state, job.pictures.map(({ rescued }) => rescued)]).toEqual(["done", [undefined, undefined]]);
      expect(await world.names("refuge")).toEqual([]);
      expect(await world.names("vault")).toEqual(stranded);
      expect(files).toHaveLength(keep === "all" ? 2 : 0);
      expect(sandbox.ledger.taskCount).toBe(1);
    },
  );

  test("and the service still tells of them, they come home from the refuge, and are not fetched again", async () => {
    const { front, world, room, taskUUID } = await strand("ask");
    front.setRule((seen) => (isDownload(seen) ? says("", 404) : undefined));
    await room();
    const { job } = await (await world.open()).checkAgain(taskUUID, never);
    expect(job.pictures.map(({ cost, url }) => [typeof cost, typeof url])).toEqual([
      ["number", "string"],
      ["number", "string"],
    ]);
    expect(await world.names("vault")).toHaveLength(2);
    expect(await world.names("refuge")).toEqual([]);
  });

  test("and a file there is damaged, it stays there and is not taken for the picture", async () => {
    const { front, world, room, taskUUID } = await strand("ask");
    const [name = ""] = await world.names("refuge");
    await writeFile(join(world.folder, "refuge", name), "half a pic");
    front.setRule(() => undefined);
    await room();
    const window = await world.open();
    await window.recover();
    expect(await world.names("refuge")).toEqual([name]);
    expect((await window.checkAgain(taskUUID, never)).job.pictures).toHaveLength(2);
    expect(await world.names("vault")).toHaveLength(2);
  });

  test("and an earlier version noted them as done without moving them, they come home", async () => {
    const { front, world, room, jobs, taskUUID } = await strand("ask");
    front.setRule(() => undefined);
    await room();
    await jobs.journal.update(taskUUID, (job) => ({
      ...job,
      pictures: job.pictures.map(({ rescued: _, ...picture }) => picture),
    }));
    const later = await world.open();
    await later.recover();
    expect(await world.names("vault")).toHaveLength(2);
    expect(await world.names("refuge")).toEqual([]);
  });
});

mountable("Where the disk of the workspace", () => {
  test.each([
    ["is full", "fill", "The disk is full."],
    ["can only be read", "setReadOnly", "The disk is read-only."],
  ] as const)("%s, the picture stays in the vault, and is saved when it can be", async (_, trouble, reason) => {
    const { sandbox, world, jobs, buy, job, disk } = await openHouseWithDisk("pictures");
    await disk[trouble](true);
    expect(describeDiskError(await failure(buy()))).toBe(reason);
    expect(await world.names("vault")).toHaveLength(1);
    disk.setReadOnly(false);
    await disk.clear();
    expect(await world.names("pictures")).toEqual([]);
    expect((await jobs.checkAgain((await job()).taskUUID, never)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });
});

describe("Where permission was lost", () => {
  /** Takes the right to write in a folder from everybody. */
  async function forbid(folder: string) {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o555);
  }

  async function openHouseOfNobody() {
    const house = await openHouse();
    await chown(house.world.folder, 65_534, 65_534).catch(() => undefined);
    return house;
  }

  test("for the journal, nothing is sent", async () => {
    const { world, buy, sends } = await openHouseOfNobody();
    await forbid(join(world.folder, "journal"));
    const error = await withoutRoot(() => failure(buy()));
    expect(error).toMatchObject({
      message: expect.stringContaining("You do not have permission to write there."),
      billed: "no",
    });
    expect(sends()).toEqual([]);
  });

  test("for the vault, the picture lies in the refuge", async () => {
    const { world, buy, job } = await openHouseOfNobody();
    await forbid(join(world.folder, "vault"));
    const { files } = await withoutRoot(() => buy());
    expect(files).toHaveLength(1);
    expect(await world.names("refuge")).toEqual([(await job()).pictures[0]?.file]);
  });

  test("for the folder of the workspace, the picture stays in the vault", async () => {
    const { world, jobs, buy, job } = await openHouseOfNobody();
    await forbid(join(world.folder, "pictures"));
    expect(describeDiskError(await withoutRoot(() => failure(buy())))).toBe(
      "You do not have permission to write there.",
    );
    await chmod(join(world.folder, "pictures"), 0o777);
    const { taskUUID } = await job();
    expect((await withoutRoot(() => jobs.checkAgain(taskUUID, never))).files).toHaveLength(1);
  });
});

describe("Where a folder is deleted meanwhile", () => {
  test("it is made again: that of the vault before a picture arrives, that of the workspace before one is saved", async () => {
    const { front, world, buy } = await openHouse();
    front.setRule((seen) => ({
      holdUntil: isPoll(seen)
        ? Promise.all(
            ["vault", "pictures"].map((name) => rm(join(world.folder, name), { recursive: true, force: true })),
          ).then(() => undefined)
        : Promise.resolve(),
    }));
    expect((await buy({ count: 2 })).files).toHaveLength(2);
    expect(await world.names("vault")).toHaveLength(2);
  });

  test("and it was the vault, with a picture nobody has kept, that picture is fetched again", async () => {
    const { sandbox, world, jobs, buy, job } = await openHouse();
    await buy({}, { keep: "ask" });
    await rm(join(world.folder, "vault"), { recursive: true });
    const [picture] = (await job()).pictures;
    const { taskUUID } = await job();
    expect(await failure(picture === undefined ? Promise.resolve() : jobs.keep(taskUUID, picture))).toMatchObject({
      message: "The picture is not in Limn's vault any more. Use “Check Again” while Runware still has it.",
    });
    expect((await job()).pictures).toMatchObject([{ id: picture?.id }]);
    expect((await job()).pictures[0]?.file).toBeUndefined();

    await jobs.checkAgain(taskUUID, never);
    const [again] = (await job()).pictures;
    expect(await jobs.keep(taskUUID, again ?? { id: "", kept: [] })).toContain("lighthouse.jpg");
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test.each([true, false])(
    "and it was the vault, a picture that nobody kept is on the list as missing (settled: %s)",
    async (settled) => {
      const { world, jobs, buy, job } = await openHouse();
      await buy({}, { keep: "ask" });
      const { taskUUID } = await job();
      if (settled) {
        await jobs.markSettled(taskUUID);
      }
      await rm(join(world.folder, "vault"), { recursive: true });
      const later = await world.open();
      await later.recover();
      expect(
        later.journal
          .list()
          .filter(isUnfinished)
          .map((one) => one.taskUUID),
      ).toEqual([taskUUID]);
    },
  );

  test("and it was the vault, with pictures that are to be saved, a new window fetches and saves them", async () => {
    const { sandbox, world, buy, job } = await openHouse();
    await mkdir(join(world.folder, "pictures"), { recursive: true });
    await writeFile(join(world.folder, "pictures", "inn"), "a file where a folder should be");
    const target = { folder: `${world.pictures}/inn` };
    expect(describeDiskError(await failure(buy({ count: 2 }, target)))).toBe(
      "A part of the path is a file, not a folder.",
    );
    await rm(join(world.folder, "vault"), { recursive: true });
    await rm(join(world.folder, "pictures", "inn"));
    const later = await world.open();
    expect((await later.checkAgain((await job()).taskUUID, never)).files).toHaveLength(2);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("and it was the vault, while pictures are saved, only those that are not saved yet are missed", async () => {
    const { world } = await openHouse();
    const files = {
      ...world.ports.files,
      async create(uri: string, name: string) {
        const isMade = await world.ports.files.create(uri, name);
        await rm(join(world.folder, "vault"), { recursive: true });
        return isMade;
      },
    };
    const jobs = await world.open({ ...world.ports, files });
    await failure(jobs.buy(order(world, { count: 2 }), never));
    const [saved, missed] = jobs.journal.list()[0]?.pictures ?? [];
    expect([saved?.kept.length, missed?.kept.length]).toEqual([1, 0]);
    expect([saved?.file, missed?.file]).toEqual([expect.stringMatching(/\.jpg$/), undefined]);
  });
});

describe("A name", () => {
  test("that is taken between the look and the writing is counted up, and what took it stays", async () => {
    const { front, world, buy } = await openHouse();
    const taken = join(world.folder, "pictures", "lighthouse.jpg");
    front.setRule(() => ({
      holdUntil: mkdir(join(world.folder, "pictures"), { recursive: true }).then(() => writeFile(taken, "mine")),
    }));
    expect((await buy()).files.map(nameOf)).toEqual(["lighthouse-2.jpg"]);
    expect(await readFile(taken, "utf8")).toBe("mine");
  });

  test.each([
    ["part", "f".repeat(300)],
    ["whole", Array.from({ length: 60 }, () => "f".repeat(100)).join("/")],
  ])(
    "whose path is too long (%s) leaves the picture in the vault, from where it can be kept elsewhere",
    async (_, path) => {
      const { world, jobs, buy, job } = await openHouse();
      const error = await failure(buy({}, { folder: `${world.pictures}/${path}` }));
      expect(describeDiskError(error)).toBe("The name or the path is too long.");
      expect(await world.names("vault")).toHaveLength(1);
      const [picture = { id: "", kept: [] }] = (await job()).pictures;
      const target = { folder: world.pictures, name: "short", keep: "ask" } as const;
      expect(nameOf(await jobs.keep((await job()).taskUUID, picture, target))).toBe("short.jpg");
    },
  );

  test("that differs from another in its capitals only is counted up on a disk that takes them for the same", async () => {
    const { world, jobs } = await openHouse();
    const { files } = world.ports;
    // As APFS and NTFS see it: one entry, however it is written.
    const folded = (uri: string) => uri.replace(/[^/]*$/, (name) => name.toLowerCase());
    const window = await world.open({
      ...world.ports,
      files: {
        size: (uri) => files.size(folded(uri)),
        create: (uri, name) => files.create(folded(uri), name),
        hasContentOf: (uri, name) => files.hasContentOf(folded(uri), name),
      },
    });
    const first = await window.buy(order(world, {}, { name: "Fox" }), never);
    const second = await window.buy(order(world, { prompt: "Another one" }, { name: "fox" }), never);
    expect([...first.files, ...second.files].map(nameOf)).toEqual(["Fox.jpg", "fox-2.jpg"]);
    expect(await world.names("pictures")).toEqual(["fox-2.jpg", "fox.jpg"]);
    expect(jobs.journal.list()).toEqual([]);
  });
});
