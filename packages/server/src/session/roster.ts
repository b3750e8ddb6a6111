import type { Disconnect } from '../disconnects';
import type { Unsubscribe } from '../wire/wire';
import type { Arrival } from './arrival';

/** A client that is connected, as the server's own code reaches it. */
export interface Present {
  readonly id: string;
  readonly user: string;
  disconnect(why: Disconnect): void;
  unsubscribe(channel: string, why: Unsubscribe): void;
}

/** Who is connected, by user. */
export class Roster {
  /** Those who are asked who they are. */
  readonly arrivals = new Set<Arrival>();
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

  /** @param id Of the connection that is meant. @default all of the user, those that are being asked included */
  disconnect(user: string, why: Disconnect, id?: string): void {
    if (id === undefined) for (const arrival of this.arrivals) arrival.disconnect(user, why);
    for (const client of this.#of(user, id)) client.disconnect(why);
  }

  /** @param why With the id of the connection that is meant; all of the user by default, as in {@link disconnect}. */
  unsubscribe(
    user: string,
    channel: string,
    { client: id, ...why }: Unsubscribe & { readonly client?: string | undefined },
  ): void {
    if (id === undefined) for (const arrival of this.arrivals) arrival.unsubscribe(user, channel);
    for (const client of this.#of(user, id)) client.unsubscribe(channel, why);
  }

  /** A copy: who is disconnected goes at once. */
  #of(user: string, id?: string): Present[] {
    const all = [...(this.#byUser.get(user)?.values() ?? [])];
    return id === undefined ? all : all.filter((client) => client.id === id);
  }
}
