import type { Update } from './adapter';

/** The last value of each topic; who listens is told once per animation frame, and only of topics that changed. */
export function createExpertStore(url: string) {
  const values = new Map<string, string>();
  const listeners = new Map<string, Set<() => void>>();
  const changed = new Set<string>();
  const socket = new WebSocket(url);
  let frame = 0;

  const flush = () => {
    frame = 0;
    const topics = [...changed];
    changed.clear();
    for (const topic of topics) for (const listener of listeners.get(topic) ?? []) listener();
  };
  socket.onmessage = ({ data }) => {
    const { topic, value } = JSON.parse(data) as Update; // the server says no other
    values.set(topic, value);
    if (listeners.has(topic)) changed.add(topic);
    frame ||= requestAnimationFrame(flush);
  };

  return {
    socket,
    get: (topic: string) => values.get(topic),
    subscribe(topic: string, listener: () => void) {
      const others = listeners.get(topic) ?? new Set();
      listeners.set(topic, others.add(listener));
      return () => others.delete(listener);
    },
  };
}
