export default defineNuxtConfig({
  app: { baseURL: "/app/" },
  modules: ["@nuxt/image"],
  telemetry: false,
});
