export default defineNuxtConfig({ app: { baseURL: "/app/" }, telemetry: false });
