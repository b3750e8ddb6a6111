let count = 0;

/** How often rows have rendered, to be shown: of thousands of ticks only those that are seen cost anything. */
export const rowRenders = {
  add: (): void => void (count += 1),
  count: (): number => count,
};
