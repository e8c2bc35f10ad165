export default {
  title: "Project",
  url: "https://example.org",
  baseUrl: "/project/",
  presets: [["classic", { docs: { sidebarPath: undefined }, blog: false }]],
};
