import { expect, test } from "vitest";
import { canonicalUri, encodeSegment, fileUriIn } from "../../../src/core/files/uri.ts";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import { storedJob } from "../../support/storedJob.ts";

test("The URI of a file in a folder is encoded as VS Code encodes it", () => {
  expect(fileUriIn("file:///site/images/", "hero (dark) – it's *old*!.png")).toBe(
    "file:///site/images/hero%20%28dark%29%20%E2%80%93%20it%27s%20%2Aold%2A%21.png",
  );
  expect(encodeSegment("a-b_c.d~e&f#g?h%i[j]@k")).toBe("a-b_c.d~e%26f%23g%3Fh%25i%5Bj%5D%40k");
});

test("Normalizing a URI in another encoding returns the same URI, and changes nothing the second time", () => {
  const uri = fileUriIn("file:///site", "hero (dark)!.png");
  expect(canonicalUri("file:///site/hero%20(dark)!.png")).toBe(uri);
  expect(canonicalUri(uri)).toBe(uri);
});

test("File URIs that an earlier version wrote into a job are read in VS Code's encoding", () => {
  const picture = { imageUUID: "p", kept: ["file:///site/hero%20(dark).png", ""] };
  const job = { ...storedJob(), pictures: [picture] };
  expect(parseJob(JSON.stringify(job))?.pictures[0]?.kept).toEqual(["file:///site/hero%20%28dark%29.png", ""]);
});
