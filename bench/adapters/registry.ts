import type { Adapter, Dialect } from './adapter';

export interface Participant {
  /** As in the tables. */
  readonly name: string;
  readonly kind: 'limit' | 'tautline' | 'peer';
  readonly dialect: Dialect;
  /** Whose version is said in the report. */
  readonly package?: string;
  /** Has rooms to join before messages come. @default false */
  readonly rooms?: boolean;
  /** In Node it needs what only a page has. @default false */
  readonly dom?: boolean;
  load(): Promise<{ readonly adapter: Adapter }>;
}

/** To add a library: one file beside this one, and one entry here. Which measures it takes part in, each measure says. */
export const PARTICIPANTS = {
  raw: { name: 'raw WebSocket', kind: 'limit', dialect: 'plain', load: () => import('./raw') },
  expert: { name: 'by hand', kind: 'limit', dialect: 'plain', load: () => import('./expert') },
  expertReact: { name: 'by hand, React', kind: 'limit', dialect: 'plain', load: () => import('./expertReact') },
  expertVue: { name: 'by hand, Vue', kind: 'limit', dialect: 'plain', load: () => import('./expertVue') },

  tautline: { name: 'Tautline', kind: 'tautline', dialect: 'plain', load: () => import('./tautline') },
  tautlineSooner: {
    name: 'Tautline, maxDelay: 7_000',
    kind: 'tautline',
    dialect: 'plain',
    load: () => import('./tautlineSooner'),
  },
  tautlineReact: { name: 'Tautline, React', kind: 'tautline', dialect: 'plain', load: () => import('./tautlineReact') },
  tautlineVue: { name: 'Tautline, Vue', kind: 'tautline', dialect: 'plain', load: () => import('./tautlineVue') },
  tautlineEnvelope: {
    name: 'Tautline, envelope()',
    kind: 'tautline',
    dialect: 'envelope',
    rooms: true,
    load: () => import('./tautlineEnvelope'),
  },
  tautlineCentrifugo: {
    name: 'Tautline, centrifugo()',
    kind: 'tautline',
    dialect: 'centrifugo',
    rooms: true,
    load: () => import('./tautlineCentrifugo'),
  },
  tautlinePhoenix: {
    name: 'Tautline, phoenix()',
    kind: 'tautline',
    dialect: 'phoenix',
    rooms: true,
    load: () => import('./tautlinePhoenix'),
  },
  tautlineReactChannels: {
    name: 'Tautline, React, useChannel',
    kind: 'tautline',
    dialect: 'envelope',
    load: () => import('./tautlineReactChannels'),
  },
  tautlineVueChannels: {
    name: 'Tautline, Vue, useChannel',
    kind: 'tautline',
    dialect: 'envelope',
    load: () => import('./tautlineVueChannels'),
  },

  reactUseWebsocket: {
    name: 'react-use-websocket',
    kind: 'peer',
    dialect: 'plain',
    package: 'react-use-websocket',
    dom: true,
    load: () => import('./reactUseWebsocket'),
  },
  vueuse: {
    name: 'VueUse',
    kind: 'peer',
    dialect: 'plain',
    package: '@vueuse/core',
    dom: true,
    load: () => import('./vueuse'),
  },
  partysocket: {
    name: 'partysocket',
    kind: 'peer',
    dialect: 'plain',
    package: 'partysocket',
    load: () => import('./partysocket'),
  },
  partysocketReact: {
    name: 'partysocket/react',
    kind: 'peer',
    dialect: 'plain',
    load: () => import('./partysocketReact'),
  },
  reconnectingWebsocket: {
    name: 'reconnecting-websocket',
    kind: 'peer',
    dialect: 'plain',
    package: 'reconnecting-websocket',
    load: () => import('./reconnectingWebsocket'),
  },
  phoenix: {
    name: 'phoenix',
    kind: 'peer',
    dialect: 'phoenix',
    package: 'phoenix',
    rooms: true,
    load: () => import('./phoenix'),
  },
  centrifuge: {
    name: 'centrifuge',
    kind: 'peer',
    dialect: 'centrifugo',
    package: 'centrifuge',
    rooms: true,
    load: () => import('./centrifuge'),
  },
  socketIo: {
    name: 'socket.io-client',
    kind: 'peer',
    dialect: 'socket.io',
    package: 'socket.io-client',
    load: () => import('./socketIo'),
  },
  pusher: {
    name: 'pusher-js',
    kind: 'peer',
    dialect: 'pusher',
    package: 'pusher-js',
    rooms: true,
    load: () => import('./pusher'),
  },
} satisfies Record<string, Participant>;

export type ParticipantId = keyof typeof PARTICIPANTS;

export const participantOf = (id: ParticipantId): Participant => PARTICIPANTS[id];
