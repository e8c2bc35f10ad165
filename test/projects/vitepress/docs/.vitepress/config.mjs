import { defineConfig } from "vitepress";

export default defineConfig({ title: "Library", base: "/lib/" });
