/** The longest time between two animation frames, in milliseconds. */
let longest = 0;
let request = 0;

export function watchFrames(): void {
  longest = 0;
  let before = performance.now();
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    request = requestAnimationFrame(tick);
  };
  request = requestAnimationFrame(tick);
}

export function stopWatching(): number {
  cancelAnimationFrame(request);
  return longest;
}
