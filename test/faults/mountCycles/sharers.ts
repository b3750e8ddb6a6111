/** How many components share a line, by its address. */
export const SHARERS = 5;
