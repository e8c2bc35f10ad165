// Takes the place of the image process in a test: answers with the names of its variables, and with
// its arguments.
import * as z from "zod/mini";

const requestSchema = z.object({ id: z.number() });

process.on("message", (request) => {
  const { id } = requestSchema.parse(request);
  process.send?.({ id, failure: "format", detail: [...Object.keys(process.env), ...process.argv.slice(2)].join() });
});
