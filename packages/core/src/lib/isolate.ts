/** Runs a function that is not ours. One that throws is reported, and the caller goes on. */
export function isolate<A extends unknown[], T>(run: (...args: A) => T, ...args: A): T | undefined {
  try {
    return run(...args);
  } catch (error) {
    console.error('Tautline: a callback threw.', error);
    return undefined;
  }
}
