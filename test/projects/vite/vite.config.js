import { defineConfig } from "vite";

export default defineConfig({ base: "/shop/", build: { assetsInlineLimit: 0 } });
