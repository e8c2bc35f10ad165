/** A paragraph that starts with a picture of the repository. */
const pictures = /^!\[[^\]]*\]\((?!https:)[^)]*\)\n(?:.+\n)*\n/gm;
const links = /(?<!!)\[([^\]]+)\]\((?!https?:|#)[^)]*\)/g;

/**
 * Returns the README for the VSIX. Its pictures are not shipped, so it has neither them, with their
 * captions, nor links into the repository. vsce would complete both with the address of the
 * repository, and refuses them without one.
 */
export const packagedReadme = (readme: string): string => readme.replaceAll(pictures, "").replaceAll(links, "$1");
