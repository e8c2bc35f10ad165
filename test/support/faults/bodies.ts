import { calls, type Fault, type Faults } from "./fault.ts";

type Item = Readonly<Record<string, unknown>>;

/** The service heard the request and did its work; what it says of it is changed. */
const instead = (body: string): Fault => ({ at: calls, deed: () => ({ change: () => body }) });

const somebodyElse = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9";

/** Changes the items of an answer, whatever they are. */
const items = (change: (data: readonly Item[]) => readonly unknown[]): Fault => ({
  at: calls,
  deed: () => ({
    change: (body) => {
      const { data = [], ...envelope }: { data?: readonly Item[] } = JSON.parse(body);
      return JSON.stringify({ ...envelope, data: change(data) });
    },
  }),
});

const wrongTypes: Readonly<Record<string, unknown>> = { string: 7, number: "many", boolean: [], object: 5 };

const wrong = ({ taskUUID, ...fields }: Item): Item => ({
  taskUUID,
  ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, wrongTypes[typeof value]])),
});

/** Faults of what the API says. */
export const bodyFaults: Faults = {
  "a page of HTML": instead("<!doctype html><title>Welcome to the hotel's Wi-Fi</title>"),
  "an empty body": instead(""),
  "cut JSON": { at: calls, deed: () => ({ change: (body) => body.slice(0, -3) }) },
  "JSON that is an array": instead("[]"),
  "JSON that is a number": instead("42"),
  "JSON that is null": instead("null"),
  "JSON that is a text": instead('"fine"'),
  "JSON of something else": instead('{"status":"ok"}'),
  "fields of the wrong type": items((data) => data.map(wrong)),
  "a task's UUID of the wrong type": items((data) => data.map((item) => ({ ...item, taskUUID: 7 }))),
  "keys nobody knows": items((data) => data.map((item) => ({ ...item, imageVideo: { of: [1, 2] }, height: "tall" }))),
  "items out of order": items((data) => data.toReversed()),
  "items repeated": items((data) => [...data, ...data]),
  "items of other tasks among its own": items((data) => [
    { taskUUID: somebodyElse, imageUUID: somebodyElse, imageURL: "https://im.runware.ai/image/other.jpg" },
    ...data,
    { taskUUID: somebodyElse, status: "error", code: "providerError", message: "Oh." },
  ]),
  "items of other tasks only": items(() => [
    { taskUUID: somebodyElse, imageUUID: somebodyElse, imageURL: "https://im.runware.ai/image/other.jpg" },
  ]),
  "data: [] although there is something to tell": items(() => []),
  "a conflict of the task's UUID": {
    at: ["send"],
    deed: ({ body }) => {
      const [{ taskUUID }]: [{ taskUUID: string }] = JSON.parse(body);
      const errors = [{ code: "conflictTaskUUID", message: "Accepted before.", parameter: "taskUUID", taskUUID }];
      return { change: () => JSON.stringify({ errors }) };
    },
  },
};
