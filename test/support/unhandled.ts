import { once } from 'node:events';

/** The rejections that nobody looked at once the task in which `act` runs is over. */
export async function unhandledIn(act: () => void): Promise<unknown[]> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const { port1, port2 } = new MessageChannel(); // timers may be fake
  const later = once(port1, 'message');
  act();
  port2.postMessage(null);
  await later;
  port1.close();
  process.off('unhandledRejection', note);
  return unhandled;
}
