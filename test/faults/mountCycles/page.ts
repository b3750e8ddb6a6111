import { CountedWebSocket, runningTimers } from './counted';
import { useWebSocket as useInReact } from '@tautline/react';
import { useWebSocket as useInVue } from '@tautline/vue';
import { createElement, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp, defineComponent, h, watchEffect } from 'vue';

import { SHARERS } from './sharers';

/** What a page under test does for its test. */
export interface CyclesPage {
  /** Mounts so many components, by `SHARERS` at the same address, and unmounts each once it is connected. */
  cycle(framework: 'react' | 'vue', url: string, count: number): Promise<void>;
  readonly runningTimers: number;
}

declare global {
  interface Window {
    cycles: CyclesPage;
  }
}

/** Puts a component up that is connected to `url`; calls back once it is. Returns what takes it down. */
type Mount = (url: string, connected: () => void) => () => void;

function Line({ url, connected }: { url: string; connected: () => void }) {
  const { status, data } = useInReact(url, HEARTBEAT);
  useEffect(() => {
    if (status === 'connected') connected();
  }, [status, connected]);
  return `${status} ${String(data)}`;
}

const HEARTBEAT = { heartbeat: { message: 'ping' } };

const mount: Record<'react' | 'vue', Mount> = {
  react(url, connected) {
    const root = createRoot(document.createElement('main'));
    root.render(createElement(Line, { url, connected }));
    return () => root.unmount();
  },
  vue(url, connected) {
    const line = defineComponent(() => {
      const { status, data } = useInVue(url, HEARTBEAT);
      watchEffect(() => status.value === 'connected' && connected());
      return () => h('p', `${status.value} ${String(data.value)}`);
    });
    const app = createApp(line);
    app.mount(document.createElement('main'));
    return () => app.unmount();
  },
};

/** At once, so that it takes less time. The more handshakes are under way, the longer Chromium holds the next one back. */
const ABREAST = 4;
let number = 0;

/** Mounts those that share a line, unmounts each once it is connected, and waits for the line to close. */
async function mountSharers(framework: 'react' | 'vue', url: string): Promise<void> {
  const mine = `${url}&n=${number++}`;
  const mountOne = () =>
    new Promise<void>((resolve) => {
      const unmount = mount[framework](mine, () =>
        setTimeout(() => {
          unmount(); // not while it renders
          resolve();
        }),
      );
    });
  await Promise.all(Array.from({ length: SHARERS }, mountOne));
  await CountedWebSocket.closed(mine);
}

window.cycles = {
  async cycle(framework, url, count) {
    for (let done = 0; done < count; done += ABREAST * SHARERS)
      await Promise.all(Array.from({ length: ABREAST }, () => mountSharers(framework, url)));
  },
  get runningTimers() {
    return runningTimers.size;
  },
};
