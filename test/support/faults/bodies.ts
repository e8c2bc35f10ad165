import { apiRequestKinds, type Fault, type Faults } from "./fault.ts";

type Item = Readonly<Record<string, unknown>>;

/** The service handles the request; its answer is replaced. */
const replaceBody = (body: string): Fault => ({ kinds: apiRequestKinds, action: () => ({ change: () => body }) });

const otherTaskUuid = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9";

/** Changes the items of an answer. */
const changeItems = (change: (data: readonly Item[]) => readonly unknown[]): Fault => ({
  kinds: apiRequestKinds,
  action: () => ({
    change: (body) => {
      const { data = [], ...envelope }: { data?: readonly Item[] } = JSON.parse(body);
      return JSON.stringify({ ...envelope, data: change(data) });
    },
  }),
});

const wrongTypes: Readonly<Record<string, unknown>> = { string: 7, number: "many", boolean: [], object: 5 };

const withWrongTypes = ({ taskUUID, ...fields }: Item): Item => ({
  taskUUID,
  ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, wrongTypes[typeof value]])),
});

/** Faults in the bodies of the API's answers. */
export const bodyFaults: Faults = {
  "a page of HTML": replaceBody("<!doctype html><title>Welcome to the hotel's Wi-Fi</title>"),
  "an empty body": replaceBody(""),
  "cut JSON": { kinds: apiRequestKinds, action: () => ({ change: (body) => body.slice(0, -3) }) },
  "JSON that is an array": replaceBody("[]"),
  "JSON that is a number": replaceBody("42"),
  "JSON that is null": replaceBody("null"),
  "JSON that is a text": replaceBody('"fine"'),
  "JSON of something else": replaceBody('{"status":"ok"}'),
  "fields of the wrong type": changeItems((data) => data.map(withWrongTypes)),
  "a task's UUID of the wrong type": changeItems((data) => data.map((item) => ({ ...item, taskUUID: 7 }))),
  "unknown keys": changeItems((data) => data.map((item) => ({ ...item, imageVideo: { of: [1, 2] }, height: "tall" }))),
  "items out of order": changeItems((data) => data.toReversed()),
  "items repeated": changeItems((data) => [...data, ...data]),
  "items of other tasks among its own": changeItems((data) => [
    { taskUUID: otherTaskUuid, imageUUID: otherTaskUuid, imageURL: "https://im.runware.ai/image/other.jpg" },
    ...data,
    { taskUUID: otherTaskUuid, status: "error", code: "providerError", message: "Oh." },
  ]),
  "items of other tasks only": changeItems(() => [
    { taskUUID: otherTaskUuid, imageUUID: otherTaskUuid, imageURL: "https://im.runware.ai/image/other.jpg" },
  ]),
  "data: [] although there is an update": changeItems(() => []),
  "a conflict of the task's UUID": {
    kinds: ["send"],
    action: ({ body }) => {
      const [{ taskUUID }]: [{ taskUUID: string }] = JSON.parse(body);
      const errors = [{ code: "conflictTaskUUID", message: "Accepted before.", parameter: "taskUUID", taskUUID }];
      return { change: () => JSON.stringify({ errors }) };
    },
  },
};
