const { writeFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const readTime = () => {
  const { user, system } = process.threadCpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1000 };
};

exports.activate = () => {
  let last = readTime();
  let stall = { clock: 0, processor: 0 };
  setInterval(() => {
    const now = readTime();
    stall.clock = Math.max(stall.clock, now.clock - last.clock);
    stall.processor = Math.max(stall.processor, now.processor - last.processor);
    last = now;
  }, 1);
  // Answers with the longest stall since the last request, in ms, and the memory in bytes. /collect
  // collects garbage before.
  const answer = (response) => {
    const { rss: memory, heapUsed: heap } = process.memoryUsage();
    response.end(JSON.stringify({ ...stall, memory, heap }));
    stall = { clock: 0, processor: 0 };
  };
  const server = createServer(({ url }, response) => {
    if (url === "/collect") collectGarbage();
    answer(response);
  });
  server.listen(0, "127.0.0.1", () => writeFileSync(process.env.LIMN_BENCH_PROBE, String(server.address().port)));
};
