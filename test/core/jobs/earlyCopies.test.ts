import { mkdir, open, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Jobs, type Purchase } from "../../../src/core/jobs/jobs.ts";
import { family } from "../../../src/core/models/family.ts";
import type { FilesPort, Ports, VaultPort } from "../../../src/core/ports.ts";
import type { RecordedRequest } from "../../support/faultProxy.ts";
import { createJobRequest, fileName, isDownload, isPoll, neverAborted, setUp } from "../support/setUp.ts";

/** Sets up a service that holds the download of one of two pictures until `release` is called. */
async function setUpHeld(heldIndex: number) {
  const setup = await setUp();
  const { environment, faultProxy, jobs } = setup;
  const { promise: holdUntil, resolve: release } = Promise.withResolvers<void>();
  let heldUrl = "";
  faultProxy.setRule((request: RecordedRequest) => {
    if (isPoll(request)) {
      return {
        change: (body) => {
          const { data = [] }: { data?: { imageURL?: string }[] } = JSON.parse(body);
          heldUrl = data[heldIndex]?.imageURL ?? heldUrl;
          return body;
        },
      };
    }
    return isDownload(request) && heldUrl.endsWith(request.path) ? { holdUntil } : undefined;
  });
  const pictures = () => jobs.journal.list()[0]?.pictures ?? [];
  return { ...setup, release, pictures, folder: () => environment.listFolder("pictures") };
}

describe("A picture that is kept automatically", () => {
  test("is in its folder while the next one is being downloaded", async () => {
    const { buy, folder, release } = await setUpHeld(1);
    const outcome = buy({ count: 2 });
    await expect.poll(folder).toEqual(["lighthouse.jpg"]);
    release();
    expect((await outcome).files.map(fileName)).toEqual(["lighthouse.jpg", "lighthouse-2.jpg"]);
  });

  test("waits for those before it, so that the numbers in the names follow the order", async () => {
    const { buy, pictures, folder, release } = await setUpHeld(0);
    const outcome = buy({ count: 2 });
    await expect.poll(() => pictures().map(({ file }) => file !== undefined)).toEqual([false, true]);
    expect(await folder()).toEqual([]);
    release();
    const { job, files } = await outcome;
    expect(files.map(fileName)).toEqual(["lighthouse.jpg", "lighthouse-2.jpg"]);
    expect(job.pictures.flatMap(({ kept }) => kept)).toEqual(files);
  });

  test("is recorded as kept if the user stops waiting for the next one", async () => {
    const { buy, pictures, folder, environment } = await setUpHeld(1);
    const stop = new AbortController();
    const outcome = buy({ count: 2 }, {}, stop.signal);
    await expect.poll(folder).toEqual(["lighthouse.jpg"]);
    stop.abort();
    await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
    await expect
      .poll(() => pictures().map(({ kept }) => kept))
      .toEqual([[`${environment.picturesFolder}/lighthouse.jpg`], []]);
  });
});

/** The vault, with one write that does not end before `hold`; its bytes are on disk by then. */
function vaultWithHeldWrite(vault: VaultPort, heldIndex: number, hold: Promise<void>): VaultPort {
  let count = 0;
  return {
    ...vault,
    async write(chunks, name) {
      const index = count++;
      await vault.write(chunks, name);
      if (index === heldIndex) {
        await hold;
      }
    },
  };
}

/** Opens a window with other ports. */
async function openWindow(change: (ports: Ports) => Partial<Ports>) {
  const setup = await setUp();
  const { environment } = setup;
  const created: string[] = [];
  const ports = { ...environment.ports, ...change(environment.ports) };
  const create: FilesPort["create"] = (uri, file) => {
    created.push(uri);
    return ports.files.create(uri, file);
  };
  const jobs = await environment.openWindow({ ...ports, files: { ...ports.files, create } });
  const stop = new AbortController();
  const pictures = (id: string) => jobs.journal.get(id)?.pictures ?? [];
  return {
    ...setup,
    ...{ created, jobs },
    start: (count: number) => jobs.start(createJobRequest(environment, { count }), stop.signal),
    /** Stops waiting for the job. */
    async stop({ outcome }: Purchase) {
      stop.abort();
      await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
    },
    storedCount: (id: string) => pictures(id).filter(({ file }) => file !== undefined).length,
    kept: (id: string) => pictures(id).flatMap(({ kept }) => kept.map(fileName)),
    /**
     * Buys one more picture. Copies to one folder run one after the other, so those before have
     * ended.
     */
    async waitForCopies() {
      const { files } = await jobs.buy(createJobRequest(environment, {}, { name: "last" }), neverAborted);
      expect(files.map(fileName)).toEqual(["last.jpg"]);
    },
    /** The files without that of `waitForCopies`. */
    folder: async () => (await environment.listFolder("pictures")).filter((name) => name !== "last.jpg"),
  };
}

describe("A picture that is stored after the wait for its job has ended", () => {
  test("is not copied if the user stopped the wait", async () => {
    const hold = Promise.withResolvers<void>();
    const window = await openWindow(({ vault }) => ({ vault: vaultWithHeldWrite(vault, 1, hold.promise) }));
    const purchase = await window.start(2);
    await expect.poll(window.folder).toHaveLength(1);
    await window.stop(purchase);
    hold.resolve();
    await expect.poll(() => window.storedCount(purchase.id)).toBe(2);
    await window.waitForCopies();
    expect(await window.folder()).toHaveLength(1);
    expect(window.kept(purchase.id)).toEqual(await window.folder());
  });

  test("is not copied if the disk failed for another one", async () => {
    const hold = Promise.withResolvers<void>();
    let count = 0;
    const fail = () => Promise.reject(new Error("EIO"));
    const window = await openWindow(({ vault }) => {
      const { write } = vaultWithHeldWrite(vault, 1, hold.promise);
      return {
        vault: {
          ...vault,
          write: (...input) => (count++ === 2 ? fail() : write(...input)),
          writeToFallbackFolder: fail,
        },
      };
    });
    const { id, outcome } = await window.start(3);
    await expect(outcome).rejects.toMatchObject({ kind: "files" });
    hold.resolve();
    await expect.poll(() => window.storedCount(id)).toBe(2);
    await window.waitForCopies();
    expect(window.kept(id)).toEqual(await window.folder());
  });

  test("is not copied if the job was forgotten, and nothing is written elsewhere", async () => {
    const hold = Promise.withResolvers<void>();
    const window = await openWindow(({ vault }) => ({ vault: vaultWithHeldWrite(vault, 0, hold.promise) }));
    const purchase = await window.start(1);
    await expect.poll(() => window.environment.listFolder("vault")).toHaveLength(1);
    await window.stop(purchase);
    await window.jobs.journal.forget(purchase.id);
    hold.resolve();
    await expect.poll(() => window.storedCount(purchase.id)).toBe(1);
    await window.waitForCopies();
    expect(window.created.map(fileName)).toEqual(["last.jpg"]);
  });
});

describe("While a picture is being copied", () => {
  /** A window whose first copy waits for `release`. */
  async function openSlowWindow() {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    let count = 0;
    const window = await openWindow(({ files }) => ({
      files: {
        ...files,
        async create(uri, file) {
          if (count++ === 0) {
            await promise;
          }
          return files.create(uri, file);
        },
      },
    }));
    return { ...window, release };
  }

  test("the next one can be discarded, and is not copied then", async () => {
    const { start, storedCount, created, jobs, folder, release } = await openSlowWindow();
    const { id, outcome } = await start(2);
    await expect.poll(() => [storedCount(id), created.length]).toEqual([2, 1]);
    await jobs.setMarks(id, jobs.journal.get(id)?.pictures[1]?.id ?? "", { discarded: true });
    release();
    await outcome;
    expect(await folder()).toEqual(["lighthouse.jpg"]);
  });

  test("the job can be forgotten although others are still to be copied, and nothing is written elsewhere", async () => {
    const holds = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let count = 0;
    const window = await openWindow(({ files }) => ({
      files: {
        ...files,
        async create(uri, file) {
          await holds[count++]?.promise;
          return files.create(uri, file);
        },
      },
    }));
    const purchase = await window.start(3);
    // All pictures are stored, so the second copy is made after the early ones have ended.
    await expect.poll(() => window.jobs.journal.get(purchase.id)?.state).toBe("done");
    holds[0]?.resolve();
    await expect.poll(() => window.created.length).toBe(2);
    await window.stop(purchase);
    await window.jobs.journal.forget(purchase.id);
    holds[1]?.resolve();
    await window.waitForCopies();
    expect(window.created.every((uri) => uri.startsWith(window.environment.picturesFolder))).toBe(true);
    // The receipt counts the copies and has no names.
    expect(window.kept(purchase.id).join("")).toBe("");
  });

  test("the job can be forgotten: its receipt gets no file names", async () => {
    const { start, stop, storedCount, created, jobs, kept, release, waitForCopies } = await openSlowWindow();
    const purchase = await start(2);
    await expect.poll(() => [storedCount(purchase.id), created.length]).toEqual([2, 1]);
    await stop(purchase);
    await jobs.journal.forget(purchase.id);
    release();
    await waitForCopies();
    expect(created.map(fileName)).toEqual(["lighthouse.jpg", "last.jpg"]);
    expect(kept(purchase.id)).toEqual([]);
  });
});

describe("Without hard links, a file is not created in one step", () => {
  /** A window whose files grow step by step. `pause` comes after the first step of a file. */
  const openLinklessWindow = (pause: () => Promise<void>) =>
    openWindow(({ files, vault }) => ({
      files: {
        ...files,
        async create(uri, file) {
          const path = fileURLToPath(uri);
          await mkdir(dirname(path), { recursive: true });
          const target = await open(path, "wx").catch(() => undefined);
          if (target === undefined) {
            return false;
          }
          const bytes = (await vault.read(file)) ?? new Uint8Array();
          await target.write(bytes.subarray(0, 100));
          await pause();
          await target.write(bytes.subarray(100));
          await target.close();
          return true;
        },
      },
    }));

  test("and Check Again during a copy saves each picture once", async () => {
    const hold = Promise.withResolvers<void>();
    const window = await openLinklessWindow(() => hold.promise);
    const purchase = await window.start(2);
    await expect.poll(() => [window.storedCount(purchase.id), window.created.length]).toEqual([2, 1]);
    await window.stop(purchase);
    const again = window.jobs.checkAgain(purchase.id, neverAborted);
    await expect.poll(() => window.jobs.journal.get(purchase.id)?.state).toBe("done");
    await setImmediate();
    hold.resolve();
    await again;
    expect(window.kept(purchase.id)).toEqual(["lighthouse.jpg", "lighthouse-2.jpg"]);
    expect(await window.folder()).toHaveLength(2);
  });

  test("and two jobs with one name save all their pictures", async () => {
    // As in a virtual workspace: between the look at the name and the write, another one may come.
    const window = await openWindow(({ files, vault }) => ({
      files: {
        ...files,
        async create(uri, file) {
          if ((await files.size(uri)) !== undefined) {
            return false;
          }
          const bytes = (await vault.read(file)) ?? new Uint8Array();
          const path = fileURLToPath(uri);
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, bytes);
          return true;
        },
      },
    }));
    const purchases = await Promise.all([window.start(2), window.start(2)]);
    await Promise.all(purchases.map(({ outcome }) => outcome));
    expect(await window.folder()).toHaveLength(4);
  });
});

test("Copies are recorded if another window has marked the job as unknown", async () => {
  const hold = Promise.withResolvers<void>();
  const window = await openWindow(({ vault }) => ({ vault: vaultWithHeldWrite(vault, 1, hold.promise) }));
  const { id, outcome } = await window.start(2);
  await expect.poll(window.folder).toHaveLength(1);
  const { journal } = window.environment.ports;
  await journal.write(id, JSON.stringify({ ...JSON.parse((await journal.read(id)) ?? ""), state: "unknown" }), true);
  hold.resolve();
  await outcome.catch(() => undefined);
  await expect.poll(() => window.kept(id).length).toBeGreaterThan(0);
  await window.waitForCopies();
  expect(window.kept(id)).toEqual((await window.folder()).toReversed());
});

test("A job file is written once for each step of a purchase", async () => {
  const { environment } = await setUp();
  const steps: string[] = [];
  const { journal } = environment.ports;
  const write: typeof journal.write = (id, text, isPending) => {
    const { state, pictures }: { state: string; pictures: { file?: string; kept: string[] }[] } = JSON.parse(text);
    const ofPictures = pictures.map(({ file, kept }) =>
      kept.length > 0 ? "kept" : file === undefined ? "known" : "stored",
    );
    steps.push([state, ...ofPictures].join(" "));
    return journal.write(id, text, isPending);
  };
  const jobs = new Jobs({ ...environment.ports, journal: { ...journal, write } }, family);
  await jobs.buy(createJobRequest(environment), neverAborted);
  expect(steps).toEqual(["sending", "running", "running known", "running stored", "done stored", "done kept"]);
});
