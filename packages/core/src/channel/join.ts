import type { JoinRequest } from '../session';

/** Who asks to join. */
interface Joiner {
  readonly wireTopic: string;
  readonly position: unknown;
  signalOf(ref: number): AbortSignal;
}

/** What a session is asked to join with. A class, since a getter makes a literal slow and heavy. */
export class Join implements JoinRequest {
  declare readonly ref: number;
  declare readonly topic: string;
  declare readonly params: unknown;
  declare readonly position: unknown;
  readonly #joiner: Joiner;

  constructor(joiner: Joiner, ref: number, params: unknown) {
    this.ref = ref;
    this.topic = joiner.wireTopic;
    this.params = params;
    this.position = joiner.position;
    this.#joiner = joiner;
  }

  get signal(): AbortSignal {
    return this.#joiner.signalOf(this.ref);
  }
}
