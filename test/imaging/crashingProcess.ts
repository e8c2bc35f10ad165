// Takes the place of the image process in a test: ends as soon as it gets a request.
process.on("message", () => process.exit(3));
