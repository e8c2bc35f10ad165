import type { LogPort } from "../../src/core/ports.ts";

const ignore = () => undefined;

/** A log that discards all lines. */
export const silentLog: LogPort = { debug: ignore, info: ignore, warn: ignore, error: ignore };
