const { writeFileSync } = require("node:fs");
const { createServer } = require("node:http");

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
  // Answers with the longest stall since the last request, in ms, and the memory in bytes.
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ ...stall, memory: process.memoryUsage().rss }));
    stall = { clock: 0, processor: 0 };
  });
  server.listen(0, "127.0.0.1", () => writeFileSync(process.env.LIMN_BENCH_PROBE, String(server.address().port)));
};
