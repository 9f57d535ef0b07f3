/** The counter that these files come from; the page they run on may be of another site. */
export const HOME = new URL("/", import.meta.url);
