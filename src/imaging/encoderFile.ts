import { fileURLToPath } from "node:url";

/**
 * Path of the WebP encoder's wasm file. In the bundle, build/imaging.mjs replaces this module by
 * the path of a copy.
 */
export const encoderFile: string = fileURLToPath(import.meta.resolve("@jsquash/webp/codec/enc/webp_enc_simd.wasm"));
