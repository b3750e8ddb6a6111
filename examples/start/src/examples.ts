import { Activity, ChartCandlestick, MessagesSquare, Radio, Truck, Waypoints, type IconNode } from 'lucide';

/** A dashboard of the demo; each listens on a port of its own. */
export type Dashboard = 'react' | 'vue';

export interface Example {
  readonly name: string;
  readonly icon: IconNode;
  readonly text: string;
  /** What goes over the wire. */
  readonly protocol: string;
  /** Where it runs: the page within each dashboard. None for this page. */
  readonly pages: Readonly<Partial<Record<Dashboard, string>>>;
  /** The files to read first, under `examples/`. */
  readonly read: readonly string[];
}

export const EXAMPLES: readonly Example[] = [
  {
    name: 'Market',
    icon: ChartCandlestick,
    text: '1,000 symbols at 10,000 updates a second. Only what is seen renders, once a frame; after a drop not one update is missing.',
    protocol: 'JSON, resumed by number',
    pages: { react: '#market' },
    read: ['react-dashboard/src/line.ts'],
  },
  {
    name: 'Fleet',
    icon: Truck,
    text: '192 devices on a board and a map. Alarms to acknowledge, thresholds for everybody, and a series for each device whose channel is joined only while you look.',
    protocol: 'JSON, resumed by number, and centrifugo()',
    pages: { vue: '#fleet' },
    read: ['vue-dashboard/src/line.ts', 'vue-dashboard/src/fleet/devices.ts'],
  },
  {
    name: 'Machine',
    icon: Activity,
    text: 'This machine as the server sees it: processor, memory, and how late its event loop is.',
    protocol: 'JSON, resumed by number',
    pages: { vue: '#machine' },
    read: ['vue-dashboard/src/line.ts'],
  },
  {
    name: 'Chat',
    icon: MessagesSquare,
    text: 'Rooms, presence, who is typing, unread, history. Open it twice: React speaks plain JSON, Vue speaks Centrifugo’s protocol, to each other.',
    protocol: 'envelope() and centrifugo()',
    pages: { react: '#chat', vue: '#chat' },
    read: ['react-dashboard/src/chat/chat.ts', 'vue-dashboard/src/chat/chat.ts'],
  },
  {
    name: 'Echo lab',
    icon: Radio,
    text: 'A line to play with, to any URL: subprotocols, text, JSON and bytes, close codes and what each leads to, a log of it all.',
    protocol: 'whatever you send',
    pages: { react: '#echo', vue: '#echo' },
    read: ['shared/src/page/echo/echoLine.ts'],
  },
  {
    name: 'This page',
    icon: Waypoints,
    text: 'Tautline without a framework: the state of the server above comes over a connection that survives the restarts it tells of.',
    protocol: 'JSON',
    pages: {},
    read: ['start/src/line.ts', 'server/src/server.ts'],
  },
];

const PORTS: Readonly<Record<Dashboard, string>> = {
  react: import.meta.env.VITE_REACT_PORT ?? '4301',
  vue: import.meta.env.VITE_VUE_PORT ?? '4302',
};

export const DASHBOARD_NAMES: Readonly<Record<Dashboard, string>> = { react: 'React', vue: 'Vue' };

export const addressOf = (dashboard: Dashboard, page: string): string =>
  `http://${location.hostname}:${PORTS[dashboard]}/${page}`;
