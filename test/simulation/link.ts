import type { CloseInfo } from '@tautline/core';
import { Pipe } from './pipe';
import type { SimulatedServer, ServerEnd } from './server';
import type { Party } from './timeline';
import { SimulatedWebSocket, type Wire } from './webSocket';
import type { World } from './world';

/** How many bytes the platform and the network take without a word. */
const WINDOW = 400;

/** How long the server waits for the other half of a closing handshake, in milliseconds. */
const CLOSE_TIMEOUT = 2_000;

const LOST: CloseInfo = { code: 1006, reason: '', wasClean: false };

/** Who opens a line, and how. */
export interface Caller {
  readonly party: Party;
  readonly subprotocols: readonly string[];
  /** Hears what its socket was given. */
  given(data: string): void;
}

/** A line between a page and the server, from the first packet to the last. */
export class Link {
  readonly socket: SimulatedWebSocket;
  readonly caller: Caller;
  readonly #world: World;
  readonly #server: SimulatedServer;
  readonly #up: Pipe;
  readonly #down: Pipe;
  #end: ServerEnd | undefined;
  #isCut = false;

  constructor(world: World, caller: Caller) {
    const { timeline, chance, server } = world;
    this.#world = world;
    this.#server = server;
    this.caller = caller;
    this.#up = new Pipe(timeline, chance, () => server.party);
    this.#down = new Pipe(timeline, chance, () => caller.party);
    this.socket = new SimulatedWebSocket(this.#lineToServer(), caller.given);
    if (!world.isReachable(caller.party)) return; // as on a path that swallows everything
    this.#up.send(0, () => this.#arrive());
  }

  /** Neither side has anything to do with it any more. */
  get isOver(): boolean {
    return this.socket.readyState === 3 && !this.#end;
  }

  freeze(direction: 'up' | 'down' | 'both'): void {
    if (direction !== 'down') this.#up.freeze();
    if (direction !== 'up') this.#down.freeze();
  }

  /** Each frame takes so many milliseconds more. */
  drag(duration: number): void {
    this.#up.drag = this.#down.drag = duration;
  }

  /** What is underway is lost. The ends learn it when they are told. */
  cut(): void {
    this.#isCut = true;
    this.#up.cut();
    this.#down.cut();
  }

  /** The page learns that the line is gone; not every platform says it in the same words. */
  tellPage(): void {
    const { chance } = this.#world;
    const [hasError, hasClose] = chance.pick([
      [true, true],
      [true, true],
      [false, true],
      [true, false],
    ] as const);
    this.#world.later(this.caller.party, () => {
      if (hasError) this.socket.errored();
      if (hasClose) this.socket.ended(LOST);
      else this.socket.readyState = 3;
    });
  }

  tellServer(): void {
    const end = this.#end;
    if (end) this.#world.later(this.#server.party, () => this.#endServerSide(end));
  }

  /** The server's memory of it is gone. */
  forget(): void {
    this.#end = undefined;
  }

  /** Everything works again: what waited arrives, and who does not know yet that the line is gone learns it. */
  heal(): void {
    this.drag(0);
    this.#up.thaw();
    this.#down.thaw();
    const isStuck = this.socket.readyState === 0 || this.socket.readyState === 2;
    if (!this.#isCut && !isStuck) return;
    this.cut();
    this.tellPage();
    this.tellServer();
  }

  #lineToServer(): Wire {
    const up = this.#up;
    return {
      get backlog() {
        return Math.max(0, up.bytes - WINDOW);
      },
      send: (data) => up.send(data.length, () => this.#end?.session.receive(data)),
      close: () => up.send(0, () => this.#closedByPage()),
    };
  }

  /** The request for a WebSocket is at the server. */
  #arrive(): void {
    if (!this.#server.isOpen) {
      this.#down.send(0, () => {
        this.socket.errored();
        this.socket.ended(LOST);
      });
      return;
    }
    const { protocol, end } = this.#server.accept(this.caller.subprotocols, this.#lineToPage());
    this.#end = end;
    this.#down.send(0, () => this.socket.opened(protocol));
  }

  #lineToPage() {
    const down = this.#down;
    return {
      get bufferedBytes() {
        return Math.max(0, down.bytes - WINDOW);
      },
      send: (frame: string) => down.send(frame.length, () => this.#deliver(frame)),
      close: (code: number, reason: string) => this.#closeByServer({ code, reason, wasClean: true }),
    };
  }

  #deliver(frame: string): void {
    this.#world.trace.note(this.caller.party.name, `<- ${frame}`);
    this.socket.arrived(frame);
  }

  #closeByServer(close: CloseInfo): void {
    const end = this.#end;
    this.#world.trace.note('server', `closes ${this.caller.party.name} with ${close.code} ${close.reason}`);
    this.#down.send(0, () => {
      this.#up.send(0, () => this.#endServerSide(end));
      if (this.socket.readyState < 2) this.socket.readyState = 2;
      this.#world.later(this.caller.party, () => this.socket.ended(close));
    });
    this.#world.timeline.schedule(this.#server.party, CLOSE_TIMEOUT, () => {
      if (!end || end !== this.#end) return;
      this.#endServerSide(end);
      this.cut();
      this.tellPage();
    });
  }

  #closedByPage(): void {
    this.#endServerSide(this.#end);
    this.#down.send(0, () => this.socket.ended({ code: 1000, reason: '', wasClean: true }));
  }

  #endServerSide(end: ServerEnd | undefined): void {
    if (!end || end !== this.#end) return;
    this.#end = undefined;
    this.#server.forget(end);
    end.session.end();
  }
}
