/** A message that was sent past all channels: to `connection.send`. */
export interface Note {
  readonly number: number;
  /** Sent: a socket was given it. Dropped: a `dropped` event told of it. Else it waits in the queue. */
  outcome: 'waiting' | 'sent' | 'dropped';
  /** Which socket was given it. */
  socket: object | undefined;
  /** How often the server has got it. */
  arrived: number;
}

/** An event that was sent to a channel. */
export interface Sending {
  readonly number: number;
  outcome: 'pending' | 'resolved' | 'rejected';
  /** How often a socket was given it, and how often it was at the server. */
  given: number;
  arrived: number;
}

/** What became of everything that one client has sent and heard; what cannot be is a problem. */
export class Book {
  readonly problems: string[] = [];
  readonly notes = new Map<number, Note>();
  readonly sendings = new Map<number, Sending>();
  /** What was heard, in order, and `gap` where the channel said that something is missing. */
  readonly heard: (number | 'gap')[] = [];
  #newest = 0;
  #last = 0;
  #mayJump = false;

  get waiting(): number {
    return [...this.notes.values()].filter(({ outcome }) => outcome === 'waiting').length;
  }

  /** The number of the last that was heard. */
  get last(): number {
    return this.#last;
  }

  problem(what: string): void {
    this.problems.push(what);
  }

  write(number: number): Note {
    const note: Note = { number, outcome: 'waiting', socket: undefined, arrived: 0 };
    this.notes.set(number, note);
    return note;
  }

  writeSending(number: number): Sending {
    const sending: Sending = { number, outcome: 'pending', given: 0, arrived: 0 };
    this.sendings.set(number, sending);
    return sending;
  }

  /** A socket was given a frame. */
  given(frame: string, socket: object): void {
    const sending = this.sendings.get(numberIn(frame, 'event'));
    if (sending && ++sending.given > 1) this.problem(`event ${sending.number} was sent twice`);
    if (sending && sending.outcome !== 'pending') this.problem(`event ${sending.number} was sent when given up`);
    const note = this.notes.get(numberIn(frame, 'note'));
    if (!note) return;
    if (note.outcome !== 'waiting') this.problem(`note ${note.number} was sent, and is ${note.outcome}`);
    if (note.number < this.#newest) this.problem(`note ${note.number} was sent after ${this.#newest}`);
    this.#newest = note.number;
    note.outcome = 'sent';
    note.socket = socket;
  }

  dropped(number: number): void {
    const note = this.notes.get(number);
    if (note?.outcome !== 'waiting') this.problem(`note ${number} was dropped, and is ${note?.outcome}`);
    else note.outcome = 'dropped';
  }

  /** A note is at the server. */
  noteArrived(number: number): void {
    const note = this.notes.get(number);
    if (note?.outcome !== 'sent') this.problem(`note ${number} arrived, and is ${note?.outcome}`);
    if (note && ++note.arrived > 1) this.problem(`note ${number} arrived twice`);
  }

  sendingArrived(number: number): void {
    const sending = this.sendings.get(number);
    if (sending && ++sending.arrived > 1) this.problem(`event ${number} arrived twice`);
  }

  settled(sending: Sending, outcome: 'resolved' | 'rejected'): void {
    if (sending.outcome !== 'pending') this.problem(`event ${sending.number} settled twice`);
    sending.outcome = outcome;
    if (outcome === 'resolved' && !sending.arrived) this.problem(`event ${sending.number} resolved, and is nowhere`);
  }

  hear(number: number): void {
    const follows = this.#mayJump ? number > this.#last : number === this.#last + 1;
    if (!follows) this.problem(`heard ${number} after ${this.#last}`);
    this.heard.push(number);
    this.#last = number;
    this.#mayJump = false;
  }

  /** The channel is joined again, and said that something is missing. */
  hearGap(): void {
    this.heard.push('gap');
    this.#mayJump = true;
  }

  /** What this socket was given and is not at the server. Only a line that dies may take something with it: see docs/queue.md. */
  missingOn(socket: object | undefined): readonly number[] {
    const lost = [...this.notes.values()].filter((note) => note.outcome === 'sent' && !note.arrived);
    return lost.filter((note) => note.socket === socket).map(({ number }) => number);
  }

  /** How often what has come up. */
  tally(): Readonly<Record<string, number>> {
    const notes = [...this.notes.values()];
    const sendings = [...this.sendings.values()];
    const gaps = this.heard.filter((entry) => entry === 'gap').length;
    return {
      'notes that arrived': notes.filter(({ arrived }) => arrived).length,
      'notes that were lost with a line': notes.filter(({ outcome, arrived }) => outcome === 'sent' && !arrived).length,
      'notes that were dropped': notes.filter(({ outcome }) => outcome === 'dropped').length,
      'events that resolved': sendings.filter(({ outcome }) => outcome === 'resolved').length,
      'events that were rejected': sendings.filter(({ outcome }) => outcome === 'rejected').length,
      'publications that were heard': this.heard.length - gaps,
      'gaps that were told': gaps,
    };
  }
}

const numberIn = (frame: string, name: string): number => Number(new RegExp(`"${name}Number":(\\d+)`).exec(frame)?.[1]);
