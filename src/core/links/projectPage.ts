const readme = /^readme(?:[.-][\w-]+)*$/i;

/** Names of pages about a project, which its hosting service shows without building the site. */
const projectPage = /^(?:readme|changelog|contributing|security|support|code_of_conduct)(?:[.-][\w-]+)*$/i;

/**
 * Whether a document is shown as it is in the repository, and not on the site that is built from
 * its package: a page about the project beside `package.json`. Paths are absolute.
 */
export function isProjectPage(document: string, packageFolder: string): boolean {
  const at = document.lastIndexOf("/");
  return document.slice(0, at) === packageFolder && projectPage.test(document.slice(at + 1));
}

/** Whether a document is a README file, which its hosting service shows below its folder. */
export const isReadme = (document: string): boolean => readme.test(document.slice(document.lastIndexOf("/") + 1));
