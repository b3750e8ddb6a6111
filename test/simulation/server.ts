import { contentOf } from '../../packages/server/src/hub/publication';
import type { Content, Member } from '../../packages/server/src/hub/publication';
import type { ServerContext } from '../../packages/server/src/session/context';
import { createContext } from '../../packages/server/src/session/createContext';
import { Session, type Line } from '../../packages/server/src/session/session';
import { DISCONNECTS } from '../../packages/server/src/disconnects';
import { centrifugo } from '../../packages/server/src/wire/centrifugo';
import { envelope, ENVELOPE_SUBPROTOCOL } from '../../packages/server/src/wire/envelope';
import { serverOptions } from './serverOptions';
import { partyOf, type Party } from './timeline';
import type { World } from './world';

/** The server's end of a line. */
export interface ServerEnd {
  readonly session: Session;
}

/** The embedded server, but for its sockets; it can crash and start again, with nothing remembered. */
export class SimulatedServer {
  party: Party = partyOf('server');
  isOpen = true;
  readonly ends = new Set<ServerEnd>();
  readonly #world: World;
  #context: ServerContext;
  /** The newest event of each line in each topic. */
  readonly #newest = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    this.#context = this.#createContext();
  }

  get hub(): ServerContext['hub'] {
    return this.#context.hub;
  }

  get roster(): ServerContext['roster'] {
    return this.#context.roster;
  }

  /** It takes what comes, and its code runs. */
  get isRunning(): boolean {
    return this.isOpen && !this.#world.timeline.isAsleep(this.party);
  }

  accept(subprotocols: readonly string[], line: Line): { protocol: string; end: ServerEnd } {
    const isEnvelope = subprotocols.includes(ENVELOPE_SUBPROTOCOL);
    const handshake = { url: '/', headers: {}, address: '' };
    const session = new Session(this.#context, isEnvelope ? envelope : centrifugo, { line, handshake });
    const end = { session };
    this.ends.add(end);
    return { protocol: isEnvelope ? ENVELOPE_SUBPROTOCOL : '', end };
  }

  forget(end: ServerEnd): void {
    this.ends.delete(end);
  }

  publish(topic: string): void {
    const payload = { number: this.#world.ledger.nextNumber() };
    this.hub.publish(topic, contentOf({ event: 'said', payload }));
  }

  /** Asks all clients to come back, and takes no others. The line of who does not answer is cut in time. */
  shutDown(): void {
    this.isOpen = false;
    for (const { session } of this.ends) session.disconnect(DISCONNECTS.shutdown);
  }

  /** The process is gone, and with it all that it knew. */
  kill(): void {
    this.isOpen = false;
    this.party.isGone = true;
    this.ends.clear();
    for (const link of this.#world.links) {
      link.forget();
      link.cut();
      if (this.#world.chance.is(0.7)) link.tellPage();
    }
  }

  /** Another process, on the same address. */
  start(): void {
    this.party = partyOf('server');
    this.#context = this.#createContext();
    this.isOpen = true;
  }

  #createContext(): ServerContext {
    const { timeline, chance } = this.#world;
    const { party } = this;
    const context = createContext(serverOptions(this.#world, party), {
      now: () => timeline.now,
      random: chance.next,
      setTimeout: (run, delay) => timeline.setTimeout(party, run, delay),
    });
    const { hub } = context;
    const publish = hub.publish.bind(hub);
    hub.publish = (topic, content, publisher) => {
      this.#note(topic, content, publisher);
      return publish(topic, content, publisher);
    };
    return context;
  }

  /** Writes down what is published, in the moment in which it is. */
  #note(topic: string, { json }: Content, publisher?: Member): void {
    const { ledger, trace, problem } = this.#world;
    const { number } = JSON.parse(json) as { number: number }; // nothing else is published here
    ledger.publicationsIn(topic).add(number);
    trace.note('server', `publishes ${number} in ${topic}`);
    const send = ledger.sends.get(number);
    if (!send) return;
    if (++send.published > 1) problem(`${number} was published twice`);
    if (send.outcome === 'resolved') problem(`${number} was resolved before it was published`);
    const who = `${publisher?.client} in ${topic}`;
    if (number < (this.#newest.get(who) ?? 0)) problem(`${number} was published after what was sent later on its line`);
    this.#newest.set(who, number);
  }
}
