/** Number of inputs per property: few in `npm test`, thousands in `npm run fuzz`. */
export const fuzzRuns = Number(process.env.LIMN_FUZZ_RUNS ?? 200);
