export default function (config) {
  config.setInputDirectory("src");
  config.addPassthroughCopy("src/img");
  config.addPassthroughCopy({ "media/pictures": "pics" });
}
