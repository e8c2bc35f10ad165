import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { sharedChromium } from "../support/chromium.ts";
import { startClient, taskOf } from "./client.ts";

let page: Page;
const attacker = createServer((_, response) => {
  response.writeHead(200, { "Content-Type": "text/html" }).end("<!DOCTYPE html><title>A page of the web</title>");
});

beforeAll(async () => {
  page = await (await sharedChromium()).newPage();
  await new Promise<void>((resolve) => attacker.listen(0, "127.0.0.1", resolve));
  const { port }: AddressInfo = Object.assign({ port: 0, address: "", family: "" }, attacker.address());
  await page.goto(`http://127.0.0.1:${port}/`);
});

afterAll(async () => {
  await page.close();
  await new Promise((resolve) => attacker.close(resolve));
});

test("a web page in the user's browser cannot buy, even if it knows the key", async () => {
  const { sandbox } = await startClient();
  const login = { taskType: "authentication", apiKey: sandbox.key };
  const statuses = await page.evaluate(
    async ({ url, key, open, body }) => {
      const attempt = (init: RequestInit) =>
        fetch(url, { method: "POST", ...init }).then(
          ({ status, type }) => `${type} ${status}`,
          () => "refused by the browser",
        );
      return [
        await attempt({ headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" }, body: open }),
        await attempt({ headers: { "Content-Type": "text/plain" }, body }),
        await attempt({ mode: "no-cors", body }),
      ];
    },
    { url: sandbox.url, key: sandbox.key, open: JSON.stringify([taskOf()]), body: JSON.stringify([login, taskOf()]) },
  );
  expect(statuses[0]).toBe("refused by the browser");
  expect([sandbox.ledger.taskCount, sandbox.receivedTaskTypes]).toEqual([0, []]);
});

test("a web page cannot embed a picture, but the user can open its URL", async () => {
  const { post } = await startClient();
  const { data } = await post(taskOf());
  const address = String(data[0]?.imageURL);
  const shown = await page.evaluate(
    (src) =>
      new Promise<string>((resolve) => {
        const image = document.body.appendChild(new Image());
        image.addEventListener("load", () => resolve("shown"));
        image.addEventListener("error", () => resolve("blocked"));
        image.src = src;
      }),
    address,
  );
  expect(shown).toBe("blocked");
  const own = await (await sharedChromium()).newPage();
  onTestFinished(() => own.close());
  expect((await own.goto(address))?.headers()["content-type"]).toBe("image/jpeg");
});
