/** Folders below that of `package.json` that an alias may stand for, the most likely one first. */
export const aliases: readonly (readonly [alias: string, folders: readonly string[]])[] = [
  // Templates of create-vue and create-next-app; Nuxt 3 and 4, “Aliases”.
  ["@/", ["src", "", "app"]],
  ["~/", ["", "src", "app"]],
  ["@@/", [""]],
  ["~~/", [""]],
  // Vue CLI, “HTML and Static Assets”: in style sheets, the tilde marks a request of a module.
  ["~@/", ["src"]],
  // SvelteKit 2 and 3, “$lib”.
  ["$lib/", ["src/lib"]],
  ["#lib/", ["src/lib"]],
  // Docusaurus, “Static Assets”.
  ["@site/", [""]],
];
