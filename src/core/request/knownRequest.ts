import { deliveryMethods, outputFormats, outputTypes, safetyModes, tiers } from "../models/model.ts";
import type { Request, Shape, StoredFields, StoredShape } from "./request.ts";

/** The fields whose values are known. The safety has its own choice, see `safetyChoiceOf`. */
type KnownFields = Pick<Request, Exclude<keyof StoredFields, "safety">>;

const knownValue = <Value extends string>(values: readonly Value[], text: string): Value | undefined =>
  values.find((value) => value === text);

/** The shape; `undefined` if this version of Limn does not know its tier. */
function knownShape(shape: StoredShape): Shape | undefined {
  if (shape === "like-reference" || "width" in shape) {
    return shape;
  }
  const resolution = knownValue(tiers, shape.resolution);
  return resolution && { resolution };
}

/** The fields of a stored request whose values this version of Limn knows. */
export function knownFields(request: StoredFields): Partial<KnownFields> {
  const shape = knownShape(request.shape);
  const format = knownValue(outputFormats, request.format);
  const outputType = knownValue(outputTypes, request.outputType);
  const deliveryMethod = knownValue(deliveryMethods, request.deliveryMethod);
  return {
    ...(shape === undefined ? {} : { shape }),
    ...(format === undefined ? {} : { format }),
    ...(outputType === undefined ? {} : { outputType }),
    ...(deliveryMethod === undefined ? {} : { deliveryMethod }),
  };
}

/** The values of a stored request that this version of Limn does not know, as they are stored. */
export function unknownValues(request: StoredFields): readonly string[] {
  const { shape, format, outputType, deliveryMethod, safety } = request;
  const known = knownFields(request);
  return [
    known.shape === undefined && typeof shape === "object" && "resolution" in shape ? shape.resolution : undefined,
    known.format === undefined ? format : undefined,
    known.outputType === undefined ? outputType : undefined,
    known.deliveryMethod === undefined ? deliveryMethod : undefined,
    safety?.mode !== undefined && knownValue(safetyModes, safety.mode) === undefined ? safety.mode : undefined,
  ].filter((value) => value !== undefined);
}

/** The fields; `undefined` if one has a value that this version of Limn does not know. */
export function knownRequest(request: StoredFields): KnownFields | undefined {
  const { shape, format, outputType, deliveryMethod } = knownFields(request);
  const isKnown = unknownValues(request).length === 0;
  return isKnown && shape && format && outputType && deliveryMethod
    ? { shape, format, outputType, deliveryMethod }
    : undefined;
}
