/**
 * The four exchanges recorded on the model's page (Runware Docs, `klingai:kling-image@3`), word for
 * word.
 */
export const recordedExchanges = [
  {
    title: "Velvet Circus Dressing Room",
    request: {
      taskType: "imageInference",
      taskUUID: "3ba7ae08-76de-4f81-ab0f-64c7aaf0000f",
      model: "klingai:kling-image@3",
      positivePrompt:
        "An elegant vintage circus dressing room moments before a performance, centered on a poised aerial performer seated at an ornate wooden vanity, adjusting a deep crimson velvet collar and pearl-studded gloves. The room is filled with textured fabrics, brushed brass fixtures, worn mahogany, powder boxes, face paints, costume feathers, satin ribbons, hanging sequined garments, and a tall standing mirror reflecting a sliver of the striped big top beyond the curtain. Warm tungsten bulbs around the mirror cast soft flattering light across realistic skin, embroidered textiles, metallic trim, and aged surfaces. Cinematic composition, professional fashion editorial realism, subtle storytelling, expressive but restrained mood, ultra-detailed materials, natural anatomy, believable shadows, crisp focus, luxurious color harmony, immersive depth, premium photographic finish.",
      width: 1664,
      height: 2496,
    },
    response: {
      taskType: "imageInference",
      taskUUID: "3ba7ae08-76de-4f81-ab0f-64c7aaf0000f",
      imageUUID: "8cc5ec48-46fa-4795-855f-9f1a66d5d5c1",
      imageURL: "https://im.runware.ai/image/os/a18d05/ws/3/ii/8cc5ec48-46fa-4795-855f-9f1a66d5d5c1.jpg",
      seed: 843701865,
      cost: 0.028,
    },
  },
  {
    title: "Amber Archive Reading Hall",
    request: {
      taskType: "imageInference",
      taskUUID: "fe404c02-8897-490c-8c56-6f800e0bbaf3",
      model: "klingai:kling-image@3",
      positivePrompt:
        "Transform the reference composition into an opulent old-world archive reading hall, soaring ribbed arches, carved walnut shelves packed with weathered folios, amber sconces and suspended brass lamps, richly grained reading tables, ladders on rails, vellum manuscripts, dust motes glowing in warm air, intricate parquet floor, subtle scholarly clutter, realistic paper fibers, polished metal details, deep spatial depth, refined material rendering, professional architectural photography, immersive atmosphere, ultra-detailed, natural color grading, crisp textures, believable light falloff",
      width: 2496,
      height: 1664,
      inputs: {
        referenceImages: ["https://assets.runware.ai/assets/inputs/ca759048-2e8d-4bf1-9a16-4f0d1bab46bc.jpg"],
      },
    },
    response: {
      taskType: "imageInference",
      taskUUID: "fe404c02-8897-490c-8c56-6f800e0bbaf3",
      imageUUID: "3e7074a8-65e9-4cf5-8e74-518856a9259d",
      imageURL: "https://im.runware.ai/image/os/a22d05/ws/3/ii/3e7074a8-65e9-4cf5-8e74-518856a9259d.jpg",
      seed: 490621982,
      cost: 0.028,
    },
  },
  {
    title: "Velvet-Armored Swan Knight",
    request: {
      taskType: "imageInference",
      taskUUID: "e93e9c10-ac72-41e8-8dd4-424cbb4c6745",
      model: "klingai:kling-image@3",
      positivePrompt:
        "Transform the reference pose into an exquisite fantasy character portrait: a regal swan knight wearing velvet-lined pearl-white armor, feathered pauldrons, etched silver filigree, and a sculpted helm inspired by a swan's neck and beak. Preserve the elegant full-body stance from the reference image while redesigning the figure as a noble warrior standing in a candlelit palace hall with marble floors, fallen white feathers, and towering embroidered banners. Hyper-real textures, polished metal, soft velvet, layered plumage, subtle skin detail, cinematic rim lighting, atmospheric depth, refined color harmony of ivory, silver, burgundy, and muted gold, realistic proportions, editorial fashion-fantasy photography, ultra-detailed, premium 2k quality",
      width: 1664,
      height: 2496,
      inputs: {
        referenceImages: ["https://assets.runware.ai/assets/inputs/080c0de8-0c59-4f33-b851-5fcd1f2cfaff.jpg"],
      },
    },
    response: {
      taskType: "imageInference",
      taskUUID: "e93e9c10-ac72-41e8-8dd4-424cbb4c6745",
      imageUUID: "6de2c42a-b757-44e2-ad6b-bfcf88dfcdf9",
      imageURL: "https://im.runware.ai/image/os/a12d13/ws/2/ii/6de2c42a-b757-44e2-ad6b-bfcf88dfcdf9.jpg",
      seed: 1943617968,
      cost: 0.028,
    },
  },
  {
    title: "Cobalt Rain Alley Tableau",
    request: {
      taskType: "imageInference",
      taskUUID: "b47f79d6-af49-4208-8995-63d507de6a05",
      model: "klingai:kling-image@3",
      positivePrompt:
        "A narrow cobalt-painted alley after a sudden summer downpour in an old river city, seen at street level, with slick cobblestones reflecting amber shop lamps and electric signage, a violin repair stall half-open under striped canvas awnings, rows of hanging paper charms fluttering between buildings, a tired courier on a chrome bicycle paused beside stacked wooden crates, a tuxedo cat perched on a red mailbox, puddles rippling with fresh raindrops, distant laundry lines, intricate plaster walls with peeling pigments, brass door handles, wet leather satchels, glowing window interiors, realistic skin, fabric, stone, wood, and metal textures, deep perspective, atmospheric mist, dramatic practical lighting, high micro-detail, natural cinematic color grading, editorial-quality realism",
      width: 2496,
      height: 1664,
    },
    response: {
      taskType: "imageInference",
      taskUUID: "b47f79d6-af49-4208-8995-63d507de6a05",
      imageUUID: "bfa9ed7b-d871-4ecc-b574-d400460f68b2",
      imageURL: "https://im.runware.ai/image/os/a15d18/ws/3/ii/bfa9ed7b-d871-4ecc-b574-d400460f68b2.jpg",
      seed: 1388192264,
      cost: 0.028,
    },
  },
] as const;
