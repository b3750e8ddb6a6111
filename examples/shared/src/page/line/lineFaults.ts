import { FAULTS, type Fault } from '../../protocol';
import { formatCount } from '../format';
import { QUEUE_BOUND, type WatchedLine } from './watchedLine';

/** What the page does to itself; the rest is done by the server. */
const PAGE_FAULTS = ['offline', 'hide', 'fill'] as const;

/** Everything the dock can do to a line. */
export const LINE_FAULTS = [...FAULTS, ...PAGE_FAULTS] as const;
export type LineFault = (typeof LINE_FAULTS)[number];

/** How many more messages are sent than the queue holds. */
const TOO_MANY = 100;

interface Order {
  readonly fault: LineFault;
  readonly seconds: number;
  /** Host and port of the example server. */
  readonly server: string;
}

/** Hurts a line. Says what went wrong when that does not work; `null` when it does. */
export async function hurtLine(line: WatchedLine, { fault, seconds, server }: Order): Promise<string | null> {
  switch (fault) {
    case 'offline':
      line.page.goOffline(seconds);
      return null;
    case 'hide':
      line.page.hide(seconds);
      return null;
    case 'fill':
      if (line.connection.getSnapshot().status === 'connected') line.page.goOffline(seconds);
      for (let n = 0; n < QUEUE_BOUND.maxMessages + TOO_MANY; n++) line.tracker.probe();
      return null;
    default:
      return askServer(server, fault, seconds);
  }
}

async function askServer(server: string, fault: Fault, seconds: number): Promise<string | null> {
  try {
    const response = await fetch(`http://${server}/control/${fault}`, {
      method: 'POST',
      body: JSON.stringify({ seconds }),
    });
    if (response.ok) return null;
    const { error } = (await response.json()) as { error?: string }; // what the server answers to a request it refuses
    return error ?? `The server answered ${response.status}.`;
  } catch {
    return 'The server does not answer. Is it running?';
  }
}

interface FaultText {
  readonly label: string;
  /** What it does. */
  readonly hint: string;
  /** What Tautline does about it. */
  readonly remedy: string;
}

export const FAULT_TEXTS: Readonly<Record<LineFault, FaultText>> = {
  drop: {
    label: 'Drop',
    hint: 'Cuts every connection, without a word: close code 1006.',
    remedy: 'Tries again after a random wait, and asks for what it missed.',
  },
  freeze: {
    label: 'Freeze',
    hint: 'The server says nothing and hears nothing, and the sockets stay open.',
    remedy: 'The heartbeat is not answered: the socket is given up without waiting for its close.',
  },
  slow: {
    label: 'Slow',
    hint: 'Everything arrives 1.2 s late, in bursts.',
    remedy: 'Slow is not dead: the line stays, and latency tells.',
  },
  refuse: {
    label: 'Refuse',
    hint: 'Cuts every connection and refuses new ones with 503.',
    remedy: 'Waits longer with each attempt that fails, at most 3 s here, and never gives up.',
  },
  unauthorized: {
    label: '401',
    hint: 'Cuts every connection and refuses new ones with 401.',
    remedy:
      'A browser does not tell a page why: Tautline asks for the token again before each attempt, and the error names 401.',
  },
  restart: {
    label: 'Restart',
    hint: 'The server says 1012, stops listening, and starts again.',
    remedy: '1012 means soon: the next attempt comes quickly, yet spread out.',
  },
  offline: {
    label: 'Go offline',
    hint: 'Takes the network away from this page.',
    remedy: 'Wastes no attempts: pauses, and is back as soon as the network is.',
  },
  hide: {
    label: 'Hide the page',
    hint: 'The page pretends to be in the background, with hiddenAfter at half a second.',
    remedy: 'Closes the line to save battery and server; reopens it when the page is shown, and catches up.',
  },
  fill: {
    label: 'Fill the queue',
    hint: `Takes the network away and sends ${formatCount(QUEUE_BOUND.maxMessages + TOO_MANY)} messages.`,
    remedy: `Keeps ${formatCount(QUEUE_BOUND.maxMessages)} and sends them once, in order. The others are dropped, each with its reason.`,
  },
};
