import sharp from "sharp";

/** A JPEG whose EXIF rotates it by 90° and contains a location. */
export async function photoWithExif(width = 640, height = 480): Promise<Uint8Array> {
  const image = await sharp({ create: { width, height, channels: 3, background: "#c03020" } })
    .composite([
      { input: { create: { width: width / 2, height, channels: 3, background: "#2040c0" } }, left: width / 2, top: 0 },
    ])
    .jpeg({ quality: 95 })
    .withExif({
      IFD0: { Copyright: "An unknown author" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "51/1 30/1 3230/100",
        GPSLongitudeRef: "W",
        GPSLongitude: "0/1 7/1 4366/100",
      },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  return new Uint8Array(image);
}

/** Noise, which compresses poorly. */
export async function noise(width: number, height: number, format: "png" | "jpeg" | "webp"): Promise<Uint8Array> {
  const picture = sharp({
    create: { width, height, channels: 3, background: "#000", noise: { type: "gaussian", mean: 128, sigma: 60 } },
  });
  return new Uint8Array(await picture.toFormat(format, { quality: 95 }).toBuffer());
}

/** A PNG with a transparent half. */
export async function halfTransparent(width: number, height: number): Promise<Uint8Array> {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const solid = { create: { width: width / 2, height, channels: 4 as const, background: "#208040" } };
  const sheet = sharp({ create: { width, height, channels: 4, background: clear } });
  return new Uint8Array(
    await sheet
      .composite([{ input: solid, left: 0, top: 0 }])
      .png()
      .toBuffer(),
  );
}

/** A picture with an alpha channel that is opaque everywhere. */
export async function opaqueWithAlpha(width: number, height: number, format: "png" | "webp"): Promise<Uint8Array> {
  const sheet = sharp({ create: { width, height, channels: 4, background: "#208040" } });
  return new Uint8Array(await (format === "png" ? sheet.png() : sheet.webp({ lossless: true })).toBuffer());
}

/** A picture with this EXIF orientation; its pixels are stored as width × height. */
export async function photoWithOrientation(
  width: number,
  height: number,
  format: "png" | "jpeg" | "webp",
  orientation: number,
): Promise<Uint8Array> {
  const sheet = sharp({ create: { width, height, channels: 3, background: "#208040" } });
  return new Uint8Array(await sheet.toFormat(format).withMetadata({ orientation }).toBuffer());
}
