import type { Disconnect } from '../disconnects';
import type { Credentials } from '../hooks';

/** Somebody who is asked who they are. Notes what is ordered meanwhile, for whoever they turn out to be. */
export class Arrival {
  readonly #disconnects = new Map<string, Disconnect>();
  readonly #unsubscribes: { readonly user: string; readonly channel: string }[] = [];

  disconnect(user: string, why: Disconnect): void {
    this.#disconnects.set(user, why);
  }

  unsubscribe(user: string, channel: string): void {
    this.#unsubscribes.push({ user, channel });
  }

  /** Why they were put out; `undefined` when they were not. */
  disconnectOf({ user = '' }: Credentials): Disconnect | undefined {
    return this.#disconnects.get(user);
  }

  /** The credentials without the channels that were ended. */
  admitted(credentials: Credentials): Credentials {
    const { user = '', channels = [] } = credentials;
    const isEnded = (channel: string) =>
      this.#unsubscribes.some((each) => each.user === user && each.channel === channel);
    return { ...credentials, channels: channels.filter((channel) => !isEnded(channel)) };
  }
}
