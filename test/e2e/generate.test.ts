import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { probe } from "../../src/imaging/probe.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), { settings: { "limn.engine": "sandbox" } });
});

afterAll(async () => {
  await workbench?.close();
});

it("makes two pictures of a prompt, keeps them and links one in the page", async () => {
  const { quickInput, notifications, page, folder } = workbench;
  await workbench.openFile("index.html");
  await page.keyboard.press("ControlOrMeta+Home");

  await workbench.command("Limn: Generate Image…");
  await quickInput.open({ title: "Generate Image" });
  await quickInput.type("A mountain hut at dawn, warm light in the windows, fresh snow");
  await workbench.screenshot("generate-1-prompt");
  await quickInput.accept();
  await quickInput.open({ placeholder: /Size in pixels/ });
  await workbench.screenshot("generate-2-size");
  await quickInput.pick("2720 × 1536");
  await quickInput.open({ placeholder: /How many/ });
  await workbench.screenshot("generate-3-count");
  await quickInput.pick("2 pictures");
  await quickInput.open({ placeholder: "images/fox.png" });
  await workbench.screenshot("generate-4-target");
  expect(await quickInput.value()).toBe("images/a-mountain-hut-at-dawn-warm-light-in-the-windows.jpg");
  await quickInput.type("images/dawn.jpg");
  await page.getByText("The first you keep will be saved as images/dawn.jpg").waitFor();
  await quickInput.accept();

  await notifications.see("A mountain hut at dawn");
  await workbench.screenshot("generate-5-progress");
  await quickInput.open({ title: "Choose the Pictures to Keep" });
  await quickInput.tick("Picture 1");
  await quickInput.tick("Picture 2");
  await workbench.screenshot("generate-6-choose");
  await quickInput.accept();
  await notifications.see("Saved 2 pictures in images");
  await workbench.screenshot("generate-7-saved");
  await notifications.press("Saved 2 pictures in images", "Insert Link");
  await page.getByText('alt="A mountain hut at dawn').first().waitFor();
  await workbench.screenshot("generate-8-linked");

  const names = (await readdir(join(folder, "images"))).filter((name) => name.startsWith("dawn"));
  expect(names.sort()).toEqual(["dawn-2.jpg", "dawn.jpg"]);
  for (const name of names) {
    const bytes = await readFile(join(folder, "images", name));
    expect(probe(bytes)).toEqual({ format: "JPG", width: 2720, height: 1536 });
  }
});
