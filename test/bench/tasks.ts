import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { klingImage3 } from "../../src/core/models/family.ts";

/** Size of every picture in pixels, the largest of the model. */
export const noiseSize = { width: 2496, height: 1664 } as const;

/** URL for tasks, and the API key. */
export interface ServiceAddress {
  readonly url: string;
  readonly key: string;
}

/** Maximum number of pictures in one task. */
export const maxPerTask = klingImage3.results.max;

/** Returns tasks for this many pictures, in the API's format. */
export const tasksFor = (count: number) =>
  Array.from({ length: Math.ceil(count / maxPerTask) }, (_, index) => ({
    taskType: "imageInference",
    taskUUID: randomUUID(),
    model: klingImage3.id,
    positivePrompt: "noise",
    ...noiseSize,
    numberResults: Math.min(maxPerTask, count - index * maxPerTask),
    outputType: "URL",
    outputFormat: "JPG",
    outputQuality: 95,
    deliveryMethod: "async",
    includeCost: true,
  }));

/** Returns the poll for these tasks. */
export const pollFor = (tasks: readonly { readonly taskUUID: string }[]) =>
  tasks.map(({ taskUUID }) => ({ taskType: "getResponse", taskUUID }));

const answerSchema = z.object({
  data: z.array(z.object({ imageUUID: z.optional(z.string()), imageURL: z.optional(z.string()) })),
});

/** A finished picture. */
export interface ReadyPicture {
  readonly imageUUID: string;
  readonly imageURL: string;
}

/** Returns the pictures in an answer of the service. */
export const readyPictures = (text: string): ReadyPicture[] =>
  answerSchema
    .parse(JSON.parse(text))
    .data.flatMap(({ imageUUID, imageURL }) =>
      imageUUID === undefined || imageURL === undefined ? [] : [{ imageUUID, imageURL }],
    );

/** Buys this many pictures with fetch only, and returns their links. */
export async function buyWithoutLimn({ url, key }: ServiceAddress, count: number): Promise<ReadyPicture[]> {
  const post = async (tasks: unknown) => {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${key}` };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(tasks) });
    return response.text();
  };
  const tasks = tasksFor(count);
  await Promise.all(tasks.map((task) => post([task])));
  for (;;) {
    const ready = readyPictures(await post(pollFor(tasks)));
    if (ready.length >= count) return ready;
  }
}
