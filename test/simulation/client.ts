import { createConnection, type Connection, type ConnectionSnapshot } from '@tautline/core';
import { centrifugo } from '@tautline/core/protocols/centrifugo';
import { envelope } from '@tautline/core/protocols/envelope';
import type { Note } from './ledger';
import { Link } from './link';
import { Page } from './page';
import { Room } from './room';
import { HAS_PRESENCE, TOPICS } from './serverOptions';
import { partyOf, type Party } from './timeline';
import type { World } from './world';

/** The ids of our own calls, out of the way of those that a protocol counts. */
const FIRST_CALL = 1_000_000;

export const MAX_WAITING = 6;

/** A page with a connection, and a ledger of what it does. */
export class Client {
  readonly world: World;
  readonly party: Party;
  readonly page: Page;
  readonly user: string;
  readonly format: 'envelope' | 'centrifugo';
  readonly connection: Connection<never, unknown>;
  readonly rooms: readonly Room[];
  readonly links: Link[] = [];
  readonly releases: (() => void)[] = [];
  readonly #notes = new Map<unknown, Note>();
  #newestNote = 0;
  #wasDisconnected = false;
  #shown: ConnectionSnapshot;

  constructor(world: World, index: number) {
    const { chance } = world;
    this.world = world;
    this.party = partyOf(`client ${index}`);
    this.page = new Page(this.party, world.timeline, chance);
    this.user = `user ${chance.is(0.3) ? 0 : index}`;
    this.format = chance.pick(['envelope', 'centrifugo']);
    this.connection = this.#connect();
    this.#shown = this.connection.getSnapshot();
    this.connection.subscribe(() => this.#changed());
    this.connection.on('dropped', ({ message }) => this.#became(message, 'dropped'));
    this.connection.on('invalid', ({ error }) => this.problem(`an invalid message: ${error.message}`));
    this.rooms = TOPICS.map((topic) => new Room(this, topic));
  }

  get liveSockets(): number {
    return this.links.filter(({ socket }) => socket.isLive).length;
  }

  /** Somebody holds on to the connection, and nobody has ended it. */
  get isWanted(): boolean {
    const isHeld = this.releases.length > 0 || this.rooms.some(({ releases, wasLeft }) => releases.length && !wasLeft);
    return isHeld && !this.#wasDisconnected;
  }

  get snapshot(): ConnectionSnapshot {
    return this.#shown;
  }

  note(what: string): void {
    this.world.trace.note(this.party.name, what);
  }

  problem(what: string): void {
    this.world.problem(`${this.party.name} (${this.format}): ${what}`);
  }

  /** Asks for the line, or for another one. */
  connect(how: 'connect' | 'reconnect'): void {
    this.#wasDisconnected = false;
    this.connection[how]();
  }

  disconnect(): void {
    this.#wasDisconnected = true;
    this.connection.disconnect();
  }

  /** Sends a message past all channels: a call of the protocol whose answer nobody waits for. */
  sendNote(): void {
    const { ledger, chance } = this.world;
    const number = ledger.nextNumber();
    const id = FIRST_CALL + number;
    const data = { note: number };
    const message =
      this.format === 'envelope'
        ? { type: 'call', id, event: 'note', payload: data }
        : { id, method: 'rpc', body: { method: 'note', data } };
    const note: Note = { number, outcome: 'waiting', arrived: 0 };
    ledger.notes.set(number, note);
    this.#notes.set(message, note);
    const result = this.connection.send(message, {
      volatile: chance.is(0.1),
      ...(chance.is(0.3) && { ttl: chance.between(0, 3_000) }),
    });
    this.note(`note ${number}: ${result}`);
    const expected = { sent: 'given', queued: 'waiting', dropped: 'dropped' }[result];
    if (note.outcome !== expected) this.problem(`note ${number} is ${note.outcome} and was called ${result}`);
  }

  /** Every note was given to a socket, or reported as dropped, or waits. */
  get waitingNotes(): number {
    return [...this.#notes.values()].filter(({ outcome }) => outcome === 'waiting').length;
  }

  #connect(): Connection<never, unknown> {
    const { world, page, user } = this;
    const { chance } = world;
    const open = (_url: string, subprotocols?: string[]) => this.#open(subprotocols ?? []);
    const heartbeat = { interval: 5_000, timeout: 2_000 };
    const channels =
      this.format === 'envelope'
        ? envelope({ token: () => user, heartbeat })
        : centrifugo({ token: () => user, presence: (topic) => HAS_PRESENCE.has(topic) });
    return createConnection('wss://simulated.test/', {
      channels,
      WebSocket: function (url: string, subprotocols?: string[]) {
        return open(url, subprotocols);
      },
      connectTimeout: 5_000,
      closeTimeout: 1_000,
      highWaterMark: 200,
      queue: { maxMessages: MAX_WAITING, overflow: chance.pick(['drop-newest', 'drop-oldest']) },
      lifecycle: { environment: page, hiddenAfter: chance.pick([false, 3_000]) },
    } as never) as Connection<never, unknown>; // frames of two protocols
  }

  #open(subprotocols: readonly string[]) {
    const link = new Link(this.world, { party: this.party, subprotocols, given: (data) => this.#given(data) });
    this.links.push(link);
    this.world.links.add(link);
    this.note('opens a socket');
    return link.socket;
  }

  /** A socket was given a frame: what is in it is on its way, and must not be again. */
  #given(data: string): void {
    this.note(`-> ${data}`);
    const { ledger } = this.world;
    const send = ledger.sends.get(Number(/"number":(\d+)/.exec(data)?.[1]));
    if (send && ++send.given > 1) this.problem(`${send.number} was sent twice`);
    if (send && send.outcome !== 'pending') this.problem(`${send.number} was sent after it was ${send.outcome}`);
    const note = ledger.notes.get(Number(/"note":(\d+)/.exec(data)?.[1]));
    if (!note) return;
    if (note.outcome !== 'waiting') this.problem(`note ${note.number} was sent, and is ${note.outcome}`);
    if (note.number < this.#newestNote) this.problem(`note ${note.number} was sent after ${this.#newestNote}`);
    note.outcome = 'given';
    this.#newestNote = note.number;
  }

  #became(message: unknown, outcome: 'dropped'): void {
    const note = this.#notes.get(message);
    if (!note || note.outcome !== 'waiting') this.problem(`dropped a message that is ${note?.outcome ?? 'not ours'}`);
    else note.outcome = outcome;
  }

  #changed(): void {
    const before = this.#shown;
    this.#shown = this.connection.getSnapshot();
    if (this.#shown === before) this.problem('told of a change that was none');
    if (this.#shown.status === before.status) return;
    const { status, close, error } = this.#shown;
    this.note(`is ${status} ${close?.code ?? ''} ${error?.code ?? ''}`.trimEnd());
  }
}
