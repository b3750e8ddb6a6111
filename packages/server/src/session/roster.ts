import type { Disconnect } from '../disconnects';
import type { Unsubscribe } from '../wire/wire';

/** A client that is connected, as the server's own code reaches it. */
export interface Present {
  readonly id: string;
  readonly user: string;
  disconnect(why: Disconnect): void;
  unsubscribe(channel: string, why: Unsubscribe): void;
}

/** Who is connected, by user. */
export class Roster {
  readonly #byUser = new Map<string, Map<string, Present>>();

  /** How many users are connected. */
  get size(): number {
    return this.#byUser.size;
  }

  add(client: Present): void {
    const others = this.#byUser.get(client.user);
    if (others) others.set(client.id, client);
    else this.#byUser.set(client.user, new Map([[client.id, client]]));
  }

  remove({ user, id }: Present): void {
    const others = this.#byUser.get(user);
    others?.delete(id);
    if (!others?.size) this.#byUser.delete(user);
  }

  /** All connections of a user, or the one that is meant. A copy: who is disconnected goes at once. */
  of(user: string, id?: string): Present[] {
    const all = [...(this.#byUser.get(user)?.values() ?? [])];
    return id === undefined ? all : all.filter((client) => client.id === id);
  }
}
