import { expect, test } from "vitest";
import { addressProblem } from "../../../src/core/service/apiAddress.ts";

test.each([
  "https://api.runware.ai/v1",
  "https://gateway.example:8443/runware/v1",
  "https://10.0.0.7/v1",
  "http://127.0.0.1:4711/v1",
  "http://localhost:4711/v1",
  "http://[::1]:4711/v1",
  "http://0x7f.1:4711/v1",
])("%s is a valid API address", (address) => {
  expect(addressProblem(address)).toBeUndefined();
});

test.each([
  ["http://api.runware.ai/v1", "must begin with https://"],
  ["http://10.0.0.7/v1", "must begin with https://"],
  ["http://0.0.0.0:4711/v1", "must begin with https://"],
  ["http://[::ffff:127.0.0.1]/v1", "must begin with https://"],
  ["http://127.0.0.1.evil.example/v1", "must begin with https://"],
  ["http://localhost.evil.example/v1", "must begin with https://"],
  ["ftp://api.runware.ai/v1", "must begin with https://"],
  ["file:///v1", "must begin with https://"],
  ["api.runware.ai/v1", "must begin with https://"],
  ["", "must begin with https://"],
  ["https://me:secret@api.runware.ai/v1", "must not have a user name or password"],
  ["https://api.runware.ai@evil.example/v1", "must not have a user name or password"],
  ["https://api.runware.ai/v1?key=secret", "must not have “?” or “#”"],
  ["https://api.runware.ai/v1?", "must not have “?” or “#”"],
  ["https://api.runware.ai/v1#secret", "must not have “?” or “#”"],
])("%s is not a valid API address: %s", (address, problem) => {
  expect(addressProblem(address)).toBe(`The address in the setting “limn.apiUrl” ${problem}. Correct the setting.`);
});
