/** Runs a function that is not ours. One that throws is reported, and the caller goes on. */
export function isolate<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    console.error('Tautline: a callback threw.', error);
    return undefined;
  }
}
