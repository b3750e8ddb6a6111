/**
 * A server that the conformance suite of channel protocols can drive, whatever it speaks.
 *
 * What a topic does follows from its name, after the protocol's own prefix (`private-`, `presence-`), if any:
 * `refused...` refuses every join for good; `busy...` refuses the first join of each socket for now, `slow...` answers
 * a join only when `release` is called; all others let everybody in. What a pushed event does follows from its name too:
 * `echo` is answered with its payload, `fail` with an error whose reason is the payload, `silent` with nothing;
 * all others are acknowledged (where the protocol does that) and go to the other members of the topic.
 */
export interface ChannelServer extends AsyncDisposable {
  readonly port: number;
  /** What a client gives as URL. */
  readonly url: string;
  /** To everyone in the topic, from server code. */
  publish(topic: string, event: string, payload: unknown): void;
  /** Ends the memberships of a topic: `crash` is to be joined again, `close` is final. */
  end(topic: string, how: 'crash' | 'close'): void;
  /** How many sockets are joined to a topic now. */
  members(topic: string): number;
  /** How many joins of a topic were asked for since the start, refused ones included. */
  joins(topic: string): number;
  /** Answers the joins of `slow...` topics that wait. */
  release(): void;
  /** Cuts every connection without a close frame. */
  drop(): void;
  /** Stops as a server does that is shut down, and starts again on the same port. What it kept in memory is gone. */
  restart(): Promise<void>;
  /** From now on, credentials given out so far are refused: for new lines, and for those that are up. */
  expire(): void;
}
