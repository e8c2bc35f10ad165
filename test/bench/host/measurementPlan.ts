import * as z from "zod/mini";

/** What one window is to measure. */
export const planSchema = z.object({
  /** Identifiers of the extensions whose activation is timed, in this order. */
  order: z.array(z.string()),
  /** Which of them is Limn. */
  limn: z.string(),
  /** The service that deals out pictures. */
  service: z.object({ url: z.string(), key: z.string() }),
  /** Whether timers are watched: that makes all else slower, so nothing else is measured then. */
  timers: z.boolean(),
});

export type MeasurementPlan = z.infer<typeof planSchema>;

const timeSchema = z.object({ clock: z.number(), processor: z.number() });

/** Milliseconds that something took: by the clock, and in processor time of its thread. */
export type Time = z.infer<typeof timeSchema>;

/** What it measured. */
export const resultSchema = z.object({
  /** `activate()` by identifier, loading included. */
  activation: z.record(z.string(), timeSchema),
  /** The first command after activation, and the same once more. */
  answers: z.array(timeSchema),
  /** The longest stall of the extension host's event loop while something was done. */
  stalls: z.record(z.string(), timeSchema),
  /**
   * Where timers were set that still ran when all was done; `undefined` where they were not
   * watched.
   */
  timers: z.optional(z.array(z.string())),
  /** What went wrong, where something did. */
  fault: z.optional(z.string()),
});

export type MeasurementResult = z.infer<typeof resultSchema>;
