import type { Adapter, Update } from './adapter';

/** What somebody writes by hand who knows what is needed, and needs no reconnecting. */
export const adapter: Adapter = {
  connect({ url }, on) {
    const socket = new WebSocket(url);
    let waiting: string[] | undefined = [];
    socket.onopen = () => {
      on.open();
      for (const text of waiting ?? []) socket.send(text);
      waiting = undefined;
    };
    socket.onmessage = ({ data }) => on.message(data);
    return {
      send(text) {
        if (waiting) waiting.push(text);
        else socket.send(text);
      },
      close: () => socket.close(),
    };
  },

  /** A map of sets, as every hand-written hub has. */
  channels({ url, topics }, on) {
    const listeners = new Map<string, Set<(value: string) => void>>();
    const pending = new Set<string>();
    const socket = new WebSocket(url);
    const subscribe = (topic: string, listener: (value: string) => void) => {
      const others = listeners.get(topic);
      if (others) return others.add(listener);
      listeners.set(topic, new Set([listener]));
      pending.add(topic);
      return socket.send(JSON.stringify({ subscribe: topic }));
    };
    socket.onopen = () => {
      for (const topic of topics) subscribe(topic, (value) => on.value(topic, value));
    };
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data) as Partial<Update> & { subscribed?: string }; // what the plain server says
      if (frame.subscribed !== undefined) {
        if (pending.delete(frame.subscribed) && !pending.size) on.joined();
      } else for (const listener of listeners.get(frame.topic ?? '') ?? []) listener(frame.value ?? '');
    };
    return { send: (text) => socket.send(text), close: () => socket.close() };
  },
};
