import * as z from "zod/mini";

/** What a window measures. */
export const planSchema = z.object({
  /** Identifiers of the extensions whose activation is timed, in this order. */
  order: z.array(z.string()),
  /** Limn's identifier. */
  limn: z.string(),
  /** The service that the window buys pictures from. */
  service: z.object({ url: z.string(), key: z.string() }),
  /** Whether to watch timers instead of measuring times, which watching would distort. */
  timers: z.boolean(),
});

export type MeasurementPlan = z.infer<typeof planSchema>;

const timeSchema = z.object({ clock: z.number(), processor: z.number() });

/** A duration in milliseconds: by the clock, and in processor time of the thread. */
export type Time = z.infer<typeof timeSchema>;

/** The measurements of a window. */
export const resultSchema = z.object({
  /** Durations of `activate()` by identifier, including loading. */
  activation: z.record(z.string(), timeSchema),
  /** Durations of the first command after activation, and of the same command again. */
  answers: z.array(timeSchema),
  /** Durations of hovers in milliseconds by the clock; `undefined` if they were not measured. */
  hovers: z.optional(z.object({ link: z.number(), text: z.number() })),
  /** Longest stalls of the extension host's event loop, by activity. */
  stalls: z.record(z.string(), timeSchema),
  /** Stack frames of timers that still ran at the end; `undefined` if they were not watched. */
  timers: z.optional(z.array(z.string())),
  /** The error, if the measurement failed. */
  fault: z.optional(z.string()),
});

export type MeasurementResult = z.infer<typeof resultSchema>;
