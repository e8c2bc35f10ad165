/** Inputs each property is tried with: a few in `npm test`, thousands in `npm run fuzz`. */
export const fuzzRuns = Number(process.env.LIMN_FUZZ_RUNS ?? 200);
